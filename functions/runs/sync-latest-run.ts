import { isFinalRun } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { ReconcileWorkload } from '../workloads/reconcile-workload.ts';
import { latestRunOf, type RunOwner } from './run-owner.ts';

export type SyncLatestRun = (job: SparkJob) => Promise<SparkJob>;

interface SyncLatestRunDependencies {
  readonly engines: Engines;
  readonly owning: RunOwner;
  readonly reconcile: ReconcileWorkload;
}

/**
 * Reconciles the latest run with EMR, unless it is final or has no EMR id yet. An id that EMR does not know is left to
 * the sweep, which checks it twice.
 * @throws AwsThrottled, AwsFailed
 */
export const syncLatestRun =
  ({ engines, owning, reconcile }: SyncLatestRunDependencies): SyncLatestRun =>
  async (job) => {
    const latest = latestRunOf(job);
    if (latest === null || isFinalRun(latest.run)) return job;
    const { engine, emrId } = latest.run.workload;
    const seen = emrId === null ? null : await engines[engine].describe(emrId);
    return seen === null ? job : (await reconcile(owning(latest), seen)).holder.job;
  };
