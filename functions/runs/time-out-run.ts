import { NotFound } from '../../shared/domain/errors.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { isEnded, PORTAL, terminationRequested } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Terminate } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';
import { latestRunOf, type LatestRun, type RunOwner } from './run-owner.ts';

interface RecordTimeoutDependencies {
  readonly owning: RunOwner;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
  readonly clock: Clock;
}

/** Null if the run is no longer the job's latest. */
export type RecordTimeout = (job: SparkJob, runId: string) => Promise<WorkloadOwner<LatestRun> | null>;

/**
 * Records the timeout of the latest run and mails its owner, before EMR is asked to terminate it. A run that is final
 * or already terminating stays unchanged.
 */
export const recordTimeout =
  ({ owning, acts, clock }: RecordTimeoutDependencies): RecordTimeout =>
  async (job, runId) => {
    const latest = latestRunOf(job);
    if (latest?.run.id !== runId) return null;
    const request = { by: PORTAL, reason: 'timedOut', at: clock.now() } as const;
    const owner = owning(latest);
    const { workload: known, audited } = owner;
    if (!isEnded(known) && known.termination === null)
      await acts.recordEnd({ action: 'run.time-out', object: audited, detail: { hours: latest.run.timeout } });
    try {
      return await owner.change((workload) => terminationRequested(workload, request));
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  };

export type TimeOutRun = (job: SparkJob, runId: string) => Promise<void>;

interface TimeOutRunDependencies {
  readonly recordTimeout: RecordTimeout;
  readonly terminate: Terminate;
}

/**
 * Terminates a latest run that has timed out. Idempotent.
 * @throws AwsThrottled, AwsFailed if the call to EMR failed; the termination is recorded anyway
 */
export const timeOutRun =
  ({ recordTimeout: record, terminate }: TimeOutRunDependencies): TimeOutRun =>
  async (job, runId) => {
    const owner = await record(job, runId);
    if (owner !== null) await terminate(owner);
  };
