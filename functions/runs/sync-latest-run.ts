import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { FollowRun } from '../workloads/follow-run.ts';

export type SyncLatestRun = (job: SparkJob) => Promise<SparkJob>;

/**
 * Asks EMR how the latest run is, unless it is final or EMR has no name for it yet. An id that EMR does not know is left
 * to the sweep, which gives it a second look.
 * @throws AwsThrottled, AwsFailed
 */
export const syncLatestRun =
  ({ emr, followRun }: { readonly emr: EmrClusters; readonly followRun: FollowRun }): SyncLatestRun =>
  async (job) => {
    const run = job.latestRun;
    if (run === null || isFinalRun(run) || run.jobflowId === null) return job;
    const seen = await emr.describe(run.jobflowId);
    return seen === null ? job : followRun(job, seen);
  };
