import { plusMinutes } from '../../shared/domain/instant.ts';
import { hasTimedOut, type Run } from '../../shared/domain/run.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { TimeOutRun } from '../runs/time-out-run.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface EndOverdueRunsDependencies {
  readonly jobs: SparkJobRepository;
  readonly timeOutRun: TimeOutRun;
  readonly clock: Clock;
}

/** Grace period in which the run's own workflow should terminate it. */
const GRACE_MINUTES = 15;

/** Terminates runs past their timeout whose workflow execution is lost. */
export const endOverdueRuns =
  ({ jobs, timeOutRun, clock }: EndOverdueRunsDependencies): Task =>
  async () => {
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    const isOverdue = (run: Run | null): run is Run => run !== null && hasTimedOut(run, before);
    return sweep({
      what: 'end an overdue run',
      items: (await jobs.withActiveRun()).flatMap((job) =>
        isOverdue(job.latestRun) ? { job, runId: job.latestRun.id } : [],
      ),
      evidence: ({ job, runId }) => ({ job: job.identifier, runId }),
      act: ({ job, runId }) => timeOutRun(job, runId),
    });
  };
