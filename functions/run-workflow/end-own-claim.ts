import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { MISSED_REASONS, ownRun, type MissedReason } from '../../shared/domain/occurrences.ts';
import { isUnlaunched, missed } from '../../shared/domain/run-launch.ts';
import { withMailAbout } from '../../shared/domain/run-mails.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { AnnounceRunEnd } from '../workloads/announce-run-end.ts';
import type { Clock } from '../runtime/clock.ts';
import { requireRequested } from './requested-job.ts';

interface EndOwnClaimDependencies {
  readonly jobs: SparkJobRepository;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly clock: Clock;
}

/** The job, and whether its latest run stands for the request. */
export type EndOwnClaim = (
  request: RunJobRequest,
  reason: MissedReason,
) => Promise<{ readonly job: SparkJob; readonly isOwn: boolean }>;

/**
 * Ends the request's own claim as missed where EMR was certainly never asked. A claim that EMR may have taken is left to
 * the sweep.
 */
export const endOwnClaim =
  ({ jobs, announceRunEnd, clock }: EndOwnClaimDependencies): EndOwnClaim =>
  async (request, reason) => {
    const { identifier } = request;
    let before: SparkJob | null = null;
    const job = await jobs.change(identifier, (current) => {
      before = requireRequested(current, request);
      const own = ownRun(current, request);
      if (own === null || !isUnlaunched(own)) return current;
      const now = clock.now();
      const ended = withLatestRun(current, own.id, (run) => missed(run, MISSED_REASONS[reason], now), now);
      return reason === 'disabled' || ended.latestRun === null ? ended : withMailAbout(ended, ended.latestRun, now);
    });
    const run = job.latestRun;
    const isOwn = before !== null && ownRun(before, request) !== null;
    if (isOwn && run !== null && isFinalRun(run)) await announceRunEnd(job, run);
    return { job, isOwn };
  };
