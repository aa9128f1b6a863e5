import { withLatestRun } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { FollowRun } from './follow-run.ts';
import type { RelaunchRun } from './relaunch-run.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadFollowed } from './followed.ts';

interface FollowedRunsDependencies {
  readonly jobs: SparkJobRepository;
  readonly followRun: FollowRun;
  readonly relaunchRun: RelaunchRun;
  readonly clock: Clock;
}

/** Every run that is not final, for the sweep. */
export const followedRuns =
  ({ jobs, followRun, relaunchRun, clock }: FollowedRunsDependencies): ReadFollowed =>
  async () =>
    (await jobs.withActiveRun()).flatMap((job) => {
      const run = job.latestRun;
      if (run === null) return [];
      const missed = (latest: typeof run) => ({ ...latest, missedSweeps: latest.missedSweeps + 1 });
      return {
        id: run.id,
        jobflowId: run.jobflowId,
        runToken: run.runToken,
        since: run.launchAttemptedAt ?? run.scheduledAt,
        missedSweeps: run.missedSweeps,
        observe: (seen) => followRun(job, seen),
        miss: () => jobs.change(job.identifier, (current) => withLatestRun(current, run.id, missed, clock.now())),
        relaunch: () => relaunchRun(job),
      };
    });
