import type { Instant } from '../../shared/domain/instant.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';

/** The EventBridge schedule of each job. A disabled job keeps it, and the workflow records its occurrences as missed. */
export interface JobSchedules {
  /**
   * Creates or updates the schedule so that it delivers the job's occurrences from the next one on; idempotent.
   * @throws AwsThrottled, AwsFailed
   */
  put(job: SparkJob, nextOccurrence: Instant): Promise<void>;
  /** Ids of the jobs that have a schedule, whether or not the job is still there. @throws AwsThrottled, AwsFailed */
  scheduledJobs(): Promise<ReadonlySet<string>>;
  /** A missing schedule is not an error. @throws AwsThrottled, AwsFailed */
  remove(job: Pick<SparkJob, 'id'>): Promise<void>;
}
