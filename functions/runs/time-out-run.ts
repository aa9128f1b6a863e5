import { withTimeoutMail } from '../../shared/domain/run-mails.ts';
import { endedUnlaunched, isUnlaunched, terminationRequested } from '../../shared/domain/run-launch.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { AnnounceRunEnd } from '../workloads/announce-run-end.ts';
import type { PassOnRunTermination } from '../workloads/pass-on-run-termination.ts';

interface RecordTimeoutDependencies {
  readonly jobs: SparkJobRepository;
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
  readonly clock: Clock;
}

export type RecordTimeout = (job: SparkJob, runId: string) => Promise<SparkJob>;

/** Who ends a run at its timeout. */
const PORTAL = 'ATMO';

/**
 * Records that the latest run's time is over, and owes its owner the mail, in one write and before EMR is asked for
 * anything. A run that is final, or that somebody else already ends, stays as it is.
 */
export const recordTimeout =
  ({ jobs, deliverMails, clock }: RecordTimeoutDependencies): RecordTimeout =>
  async (job, runId) => {
    const recorded = await jobs.change(job.identifier, (current) => {
      const now = clock.now();
      const changed = withLatestRun(current, runId, (run) => terminationRequested(run, PORTAL, 'timedOut', now), now);
      return changed === current || changed.latestRun === null
        ? current
        : withTimeoutMail(changed, changed.latestRun, now);
    });
    if (recorded.pendingMails.length > 0) await deliverMails(recorded);
    return recorded;
  };

export type TimeOutRun = (job: SparkJob, runId: string) => Promise<SparkJob>;

interface TimeOutRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly recordTimeout: RecordTimeout;
  readonly passOnTermination: PassOnRunTermination;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly clock: Clock;
}

/**
 * Ends a latest run whose time is over. Harmless to repeat.
 * @throws AwsThrottled, AwsFailed where EMR did not take the termination; it is recorded all the same
 */
export const timeOutRun =
  ({ jobs, recordTimeout: record, passOnTermination, announceRunEnd, clock }: TimeOutRunDependencies): TimeOutRun =>
  async (job, runId) => {
    const recorded = await record(job, runId);
    const run = recorded.latestRun;
    if (run?.id !== runId || isFinalRun(run)) return recorded;
    if (!isUnlaunched(run)) return passOnTermination(recorded);
    const ended = await jobs.change(job.identifier, (current) => {
      const now = clock.now();
      const end = (latest: typeof run) => (isUnlaunched(latest) ? endedUnlaunched(latest, now) : latest);
      return withLatestRun(current, runId, end, now);
    });
    if (ended.latestRun?.id === runId && isFinalRun(ended.latestRun)) await announceRunEnd(ended, ended.latestRun);
    return ended;
  };
