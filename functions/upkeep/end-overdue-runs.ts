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

/** By then the run's own workflow would have ended it. */
const GRACE_MINUTES = 15;

/** Ends runs that nobody finished: their time is over, and the workflow that should have seen to it is gone. */
export const endOverdueRuns =
  ({ jobs, timeOutRun, clock }: EndOverdueRunsDependencies): Task =>
  async () => {
    const before = plusMinutes(clock.now(), -GRACE_MINUTES);
    const isOverdue = (run: Run | null): run is Run => run !== null && hasTimedOut(run, before);
    await sweep({
      what: 'end an overdue run',
      items: (await jobs.withActiveRun()).flatMap((job) =>
        isOverdue(job.latestRun) ? { job, runId: job.latestRun.id } : [],
      ),
      evidence: ({ job, runId }) => ({ job: job.identifier, runId }),
      act: ({ job, runId }) => timeOutRun(job, runId),
    });
  };
