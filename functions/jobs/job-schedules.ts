import type { SparkJob } from '../../shared/domain/spark-job.ts';

/** The EventBridge schedule of each job. */
export interface JobSchedules {
  /** Creates or updates the schedule so that it delivers the job's next occurrences; idempotent. */
  put(job: SparkJob, nextOccurrence: string | null): Promise<void>;
  /** No error where there is none. */
  remove(job: Pick<SparkJob, 'id'>): Promise<void>;
}
