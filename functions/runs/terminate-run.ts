import type { RunView } from '../../shared/contract/routes/runs.ts';
import { AwsFailed, AwsThrottled, Conflict } from '../../shared/domain/errors.ts';
import { endedUnlaunched, isUnlaunched, terminationRequested } from '../../shared/domain/run-launch.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { AnnounceRunEnd } from '../workloads/announce-run-end.ts';
import type { PassOnRunTermination } from '../workloads/pass-on-run-termination.ts';
import { requireOnSparkJob, type RunLookup } from '../access/permitted-run.ts';
import { runView } from './run-view.ts';

interface TerminateRunDependencies extends RunLookup {
  readonly passOnTermination: PassOnRunTermination;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly clock: Clock;
}

const isOver = (run: Run): Conflict =>
  new Conflict(`Run ${run.number} is already over (${run.outcome}).`, { runId: run.id });

/** What can be ended without EMR is ended at once; the rest once EMR says so. */
const endRequested = (job: SparkJob, runId: string, person: Person, now: string): SparkJob =>
  withLatestRun(
    job,
    runId,
    (run) => {
      if (isFinalRun(run)) throw isOver(run);
      const requested = terminationRequested(run, person.username, 'requested', now);
      return isUnlaunched(requested) ? endedUnlaunched(requested, now) : requested;
    },
    now,
  );

/**
 * Records who wants the end of a run, then asks EMR for it. Where EMR does not take it, the sweep asks again.
 * @throws NotFound, Forbidden; Conflict where the run is over
 */
export const terminateRun =
  ({ jobs, history, passOnTermination, announceRunEnd, clock }: TerminateRunDependencies) =>
  async (
    { identifier, runId }: { readonly identifier: string; readonly runId: string },
    person: Person,
  ): Promise<RunView> => {
    const requested = await jobs.change(identifier, (job) => {
      requireOnSparkJob('manage', job, person);
      return endRequested(job, runId, person, clock.now());
    });
    const run = requested.latestRun;
    if (run?.id !== runId) throw isOver(await history.get(requested.id, runId));
    if (isFinalRun(run)) await announceRunEnd(requested, run);
    const passedOn = isFinalRun(run)
      ? requested
      : await passOnTermination(requested).catch((error: unknown) => {
          if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
          logger.warn('EMR did not take a termination; the sweep asks again', { runId, error });
          return requested;
        });
    return runView(passedOn.latestRun?.id === runId ? passedOn.latestRun : run, clock.now());
  };
