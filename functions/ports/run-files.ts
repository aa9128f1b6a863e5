import type { NotebookOutcome } from '../../shared/domain/run-outcome.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { NotebookProgress } from '../../shared/domain/run-stages.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkFacts } from '../../shared/domain/spark-facts.ts';

export interface StoredFile {
  readonly key: string;
  readonly name: string;
  /** `s3://bucket/key`, for people with AWS credentials. */
  readonly s3Uri: string;
  readonly size: number;
  /** Whole seconds. */
  readonly lastModified: string;
  /** Of its content. */
  readonly etag: string;
  readonly url: string;
}

/** A run's results and logs in S3. @throws AwsThrottled, AwsFailed */
export interface RunFiles {
  /** Null if the step has written no valid outcome file. */
  outcome(run: Run): Promise<NotebookOutcome | null>;
  /** Null until the runner has written how far it is. */
  progress(run: Run): Promise<NotebookProgress | null>;
  /** Null where the runner has left none: the run did not fail, or ran nothing on Spark. */
  sparkFacts(run: Run): Promise<SparkFacts | null>;
  /** The text of the notebook that it ran, as uploaded; null where it is gone or too large to be compared. */
  notebook(run: Run): Promise<string | null>;
  /**
   * The run's own results, with links that the run's visibility allows: first what the runner writes (`LEADING_FILES`),
   * then the others by name. @throws InvalidInput (field `cursor`)
   */
  results(run: Run, page: PageRequest): Promise<Page<StoredFile>>;
  /** EMR's step logs by name, with time-limited links. @throws InvalidInput (field `cursor`) */
  logs(run: Run, page: PageRequest): Promise<Page<StoredFile>>;
  /** The last lines of the failing step's log; null if EMR has not delivered it. */
  logTail(run: Run): Promise<string | null>;
}
