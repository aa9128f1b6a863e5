/** A stage of Spark, by its number in the Spark UI. */
interface NamedStage {
  readonly stage: number;
  /** Where the code asked for it, in Spark's words. */
  readonly name: string;
  readonly tasks: number;
}

/** What Spark's event log says about a run. The runner sums it up after a failure, in `spark.json`. */
export interface SparkFacts {
  readonly stages: number;
  readonly tasks: number;
  readonly failedTasks: number;
  /** Of the last task that failed. */
  readonly failedTaskReason: string | null;
  /** `isFinished`: false where it still ran when the log ended. */
  readonly slowestStage: (NamedStage & { readonly seconds: number; readonly isFinished: boolean }) | null;
  /** The stage that moved most from memory to disk; null where none did. */
  readonly spill: (NamedStage & { readonly memoryBytes: number; readonly diskBytes: number }) | null;
  /** The stage in which one task took much longer than most; null where none did. */
  readonly skew: (NamedStage & { readonly medianSeconds: number; readonly longestSeconds: number }) | null;
  /** Executors that ended without being told to, and up to three different reasons. */
  readonly lostExecutors: { readonly count: number; readonly reasons: readonly string[] };
  /** False where the log was too long to be read whole. */
  readonly isComplete: boolean;
}
