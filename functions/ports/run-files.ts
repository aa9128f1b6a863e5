import type { NotebookOutcome } from '../../shared/domain/run-outcome.ts';
import type { Run } from '../../shared/domain/run.ts';

export interface StoredFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly lastModified: string;
  readonly url: string;
}

/** What a run leaves in S3: results and logs. @throws AwsThrottled, AwsFailed */
export interface RunFiles {
  /** Null where the step wrote none (yet), or something that is no outcome file. */
  outcome(run: Run): Promise<NotebookOutcome | null>;
  /**
   * The run's own results, with links that the run's visibility allows: of more than a thousand the first thousand in
   * the order of their keys. All of them are in the bucket.
   */
  results(run: Run): Promise<readonly StoredFile[]>;
  /** EMR's step logs, with time-limited links; as many as of results. */
  logs(run: Run): Promise<readonly StoredFile[]>;
  /** The last lines of the failing step's log; null where EMR has not delivered it. */
  logTail(run: Run): Promise<string | null>;
}
