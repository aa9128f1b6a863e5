/** How long the parts of a cluster's life take, in seconds. */
export interface Timings {
  startSeconds: number;
  bootstrapSeconds: number;
  terminateSeconds: number;
  /** How long a step takes that is not executed. */
  stepSeconds: number;
}

// Minutes on AWS; short here, long enough that a person sees each state.
export const DEFAULT_TIMINGS: Timings = { startSeconds: 2, bootstrapSeconds: 2, terminateSeconds: 1, stepSeconds: 1 };
