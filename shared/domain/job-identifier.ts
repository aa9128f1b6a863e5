import type { Instant } from './instant.ts';

/** What is left of a deleted Spark job. */
export interface DeletedSparkJob {
  /** The job's own id, under which its runs are kept. */
  readonly jobId: string;
  readonly description: string;
  readonly runCount: number;
  readonly deletedAt: Instant;
}

/** An identifier that a person uses for a Spark job, or used: it is theirs for good. */
export interface JobIdentifier {
  readonly identifier: string;
  readonly ownerId: string;
  /** The last job that had it, where that was deleted and its results stay. */
  readonly deleted: DeletedSparkJob | null;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}
