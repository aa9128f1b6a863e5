import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { ownRun } from '../../shared/domain/occurrences.ts';
import { MISSED_REASONS, type MissedReason } from '../../shared/domain/run-reasons.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { endedUnlaunched, isUnlaunched } from '../../shared/domain/workload.ts';
import type { RunOwner } from '../runs/run-owner.ts';
import type { Clock } from '../runtime/clock.ts';

/** The job, and whether its latest run was that of the request. */
export type ReleaseClaim = (
  job: SparkJob,
  request: RunJobRequest,
  reason: MissedReason,
) => Promise<{ readonly job: SparkJob; readonly isOwn: boolean }>;

/**
 * Ends the request's own claim as missed where EMR was certainly never asked. A claim that EMR may have taken is left to
 * the sweep.
 * @throws NotFound
 */
export const releaseClaim =
  ({ owning, clock }: { readonly owning: RunOwner; readonly clock: Clock }): ReleaseClaim =>
  async (job, request, why) => {
    const run = ownRun(job, request);
    if (run === null) return { job, isOwn: false };
    const givenUp = { ending: 'stopped', reason: MISSED_REASONS[why] } as const;
    const { holder } = await owning({ job, run }).change((workload) =>
      isUnlaunched(workload) ? endedUnlaunched(workload, clock.now(), givenUp) : workload,
    );
    return { job: holder.job, isOwn: true };
  };
