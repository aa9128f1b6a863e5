import type { Instant } from './instant.ts';

/** What is left of a deleted Spark job. */
export interface DeletedSparkJob {
  /** The job's own id, under which its runs are kept. */
  readonly jobId: string;
  readonly description: string;
  readonly runCount: number;
  readonly deletedAt: Instant;
}

/** Results that are to go: `public` copies become private, `all` are removed. */
export interface Withdrawal {
  readonly scope: 'public' | 'all';
  readonly since: Instant;
}

/** An identifier that a person uses for a Spark job, or used: it is theirs for good. */
export interface JobIdentifier {
  readonly identifier: string;
  readonly ownerId: string;
  /** The last job that had it, where that was deleted and its results stay. */
  readonly deleted: DeletedSparkJob | null;
  /** Noted before the change that asks for it; the upkeep repeats it for a while, for what a run was still writing. */
  readonly withdrawal: Withdrawal | null;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}
