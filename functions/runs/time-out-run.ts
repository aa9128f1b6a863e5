import { NotFound } from '../../shared/domain/errors.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { PORTAL, terminationRequested } from '../../shared/domain/workload.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Terminate } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';
import { latestRunOf, type LatestRun, type RunOwner } from './run-owner.ts';

interface RecordTimeoutDependencies {
  readonly owning: RunOwner;
  readonly clock: Clock;
}

/** Null where the run is not the job's latest any more. */
export type RecordTimeout = (job: SparkJob, runId: string) => Promise<WorkloadOwner<LatestRun> | null>;

/**
 * Records that the latest run's time is over and mails its owner, before EMR is asked for anything. A run that is final,
 * or that somebody already terminates, stays as it is.
 */
export const recordTimeout =
  ({ owning, clock }: RecordTimeoutDependencies): RecordTimeout =>
  async (job, runId) => {
    const latest = latestRunOf(job);
    if (latest?.run.id !== runId) return null;
    const request = { by: PORTAL, reason: 'timedOut', at: clock.now() } as const;
    try {
      return await owning(latest).change((workload) => terminationRequested(workload, request));
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
 * Terminates a latest run whose time is over. Harmless to repeat.
 * @throws AwsThrottled, AwsFailed where EMR did not take the termination; it is recorded all the same
 */
export const timeOutRun =
  ({ recordTimeout: record, terminate }: TimeOutRunDependencies): TimeOutRun =>
  async (job, runId) => {
    const owner = await record(job, runId);
    if (owner !== null) await terminate(owner);
  };
