import type { Instant } from '../../shared/domain/instant.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SearchedSparkJob, SparkJob } from '../../shared/domain/spark-job.ts';
import type { CountedWorkload } from '../../shared/domain/workload.ts';

/** Stores Spark jobs, each with its latest run. Every write is one conditional write of one item. */
export interface SparkJobRepository {
  /** @throws Conflict if an existing job has the identifier */
  create(job: SparkJob): Promise<void>;
  /** @throws NotFound */
  get(identifier: string): Promise<SparkJob>;
  find(identifier: string): Promise<SparkJob | null>;
  isIdentifierTaken(identifier: string): Promise<boolean>;
  /** The job whose latest run has the id in EMR. */
  findByEmrId(emrId: string): Promise<SparkJob | null>;
  /**
   * As `ClusterRepository.change`. The caller writes the latest run's history right after.
   * @throws NotFound, StaleWrite, and errors of the change
   */
  change(identifier: string, change: (job: SparkJob) => SparkJob): Promise<SparkJob>;
  /**
   * Removes the job if it has not changed since it was read. The history of its runs stays under the job's id.
   * @returns false if it has changed; true also if it no longer exists or the identifier has a later job
   */
  delete(job: Pick<SparkJob, 'id' | 'identifier' | 'version'>): Promise<boolean>;
  /** Newest first. `ownerId` null: of all people. */
  list(ownerId: string | null, page: PageRequest): Promise<Page<SparkJob>>;
  /** The same, with no more of each than lists are searched, sorted and narrowed by. */
  searched(ownerId: string | null, page: PageRequest): Promise<Page<SearchedSparkJob>>;
  /** Jobs whose latest run is not final. */
  withActiveRun(): Promise<readonly SparkJob[]>;
  /** Of each of these runs, what is counted. */
  activeWorkloads(): Promise<readonly CountedWorkload[]>;
  /** Jobs whose `upkeepDueAt` has come: one query, whatever is due. */
  dueForUpkeep(moment: Instant): Promise<readonly SparkJob[]>;
  /** Items with a mail in their outbox. */
  withUnsentMail(): Promise<readonly SparkJob[]>;
}

/** The history of runs, always copied from the job's item. */
export interface RunRepository {
  /** Writes the run unless a newer version exists. */
  record(run: Run): Promise<void>;
  /** @throws NotFound */
  get(jobId: string, runId: string): Promise<Run>;
  /** The run or recorded reason of a scheduled time, including a first run; null if there is none. */
  findByOccurrence(jobId: string, occurrence: Instant): Promise<Run | null>;
  /** Newest first. */
  list(jobId: string, page: PageRequest): Promise<Page<Run>>;
  /** The runs of the job that were planned before this one, newest first, at most so many. */
  before(run: Pick<Run, 'jobId' | 'id'>, atMost: number): Promise<readonly Run[]>;
  /**
   * Changes a run that is no longer the latest of its job, whose item therefore does not have it any more.
   * @throws NotFound, StaleWrite
   */
  change(run: Pick<Run, 'jobId' | 'id'>, change: (run: Run) => Run): Promise<Run>;
  /** Runs of all jobs whose end is not known here, or whose usage is not closed though EMR took them. */
  unsettled(): Promise<readonly Run[]>;
  /** Runs of all jobs that EMR has taken between two moments, both included. */
  startedBetween(from: Instant, to: Instant): Promise<readonly Run[]>;
}
