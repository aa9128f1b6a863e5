import type { Instant } from '../../shared/domain/instant.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';

/** Where Spark jobs are kept, each with its latest run inside. Every write is one conditional write of one item. */
export interface SparkJobRepository {
  /** @throws Conflict where a live job has the identifier */
  create(job: SparkJob): Promise<void>;
  /** @throws NotFound */
  get(identifier: string): Promise<SparkJob>;
  isIdentifierTaken(identifier: string): Promise<boolean>;
  /** The job whose latest run has the id in EMR. */
  findByEmrId(emrId: string): Promise<SparkJob | null>;
  /**
   * As `ClusterRepository.change`. The caller writes the latest run's history right after.
   * @throws NotFound, StaleWrite, and whatever the change throws
   */
  change(identifier: string, change: (job: SparkJob) => SparkJob): Promise<SparkJob>;
  /**
   * Removes the job as it was read; its runs' history stays under the job's id.
   * @returns false where it has changed since; a job that is gone, or a later one of the same identifier, needs nothing
   */
  delete(job: Pick<SparkJob, 'id' | 'identifier' | 'version'>): Promise<boolean>;
  /** Newest first. `ownerId` null means everybody's. */
  list(ownerId: string | null, page: PageRequest): Promise<Page<SparkJob>>;
  /** Jobs whose latest run is not final. */
  withActiveRun(): Promise<readonly SparkJob[]>;
  /** Jobs whose `upkeepDueAt` has come: one query, whatever is due. */
  dueForUpkeep(moment: Instant): Promise<readonly SparkJob[]>;
  /** Items with a mail in their outbox. */
  withUnsentMail(): Promise<readonly SparkJob[]>;
}

/** The history of runs, rewritten from the job's item and never the other way round. */
export interface RunRepository {
  /** Writes the run unless a newer version of it is there. */
  record(run: Run): Promise<void>;
  /** @throws NotFound */
  get(jobId: string, runId: string): Promise<Run>;
  /** The run or the recorded reason that stands for a scheduled time, its first run included; null where there is none. */
  findByOccurrence(jobId: string, occurrence: Instant): Promise<Run | null>;
  /** Newest first. */
  list(jobId: string, page: PageRequest): Promise<Page<Run>>;
}
