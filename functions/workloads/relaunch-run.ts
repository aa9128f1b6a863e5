import { MISSED_REASONS } from '../../shared/domain/occurrences.ts';
import { endedUnlaunched, launchClaimedAgain, missed } from '../../shared/domain/run-launch.ts';
import { withMailAbout } from '../../shared/domain/run-mails.ts';
import { hasTimedOut, isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { AnnounceRunEnd } from './announce-run-end.ts';
import type { LaunchRun } from './launch-run.ts';

interface RelaunchRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly launchRun: LaunchRun;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly clock: Clock;
  readonly newRunToken: () => string;
}

export type RelaunchRun = (job: SparkJob) => Promise<void>;

/**
 * Settles a latest run that is still LAUNCHING although EMR certainly has no cluster of its token: launches it again
 * under a fresh token, or ends it where it is no longer wanted or its time is over.
 * @throws AwsThrottled, AwsFailed: not launched; the next sweep tries again
 */
export const relaunchRun =
  ({ jobs, launchRun, announceRunEnd, clock, newRunToken }: RelaunchRunDependencies): RelaunchRun =>
  async (job) => {
    const stale = job.latestRun;
    if (stale === null) return;
    const runToken = newRunToken();
    const settled = await jobs.change(job.identifier, (current) => {
      const now = clock.now();
      const changed = withLatestRun(
        current,
        stale.id,
        (run) => {
          if (run.status !== 'LAUNCHING' || isFinalRun(run) || run.runToken !== stale.runToken) return run;
          // Somebody has asked EMR again since the job was read, and may be at it.
          if (run.launchAttemptedAt !== stale.launchAttemptedAt) return run;
          if (run.termination !== null) return endedUnlaunched(run, now);
          if (hasTimedOut(run, now)) return missed(run, MISSED_REASONS.notStarted, now);
          return launchClaimedAgain(run, stale.runToken, runToken, now);
        },
        now,
      );
      const run = changed.latestRun;
      return changed !== current && run?.outcome === 'missed' ? withMailAbout(changed, run, now) : changed;
    });
    const run = settled.latestRun;
    if (run?.id !== stale.id) return;
    if (isFinalRun(run)) await announceRunEnd(settled, run);
    else if (run.runToken === runToken) await launchRun(settled, run);
  };
