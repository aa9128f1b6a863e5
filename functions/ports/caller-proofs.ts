/** What proves on which cluster the caller runs. */
export interface CallerProofs {
  /** Whether a caller without a proof is refused. Not on a machine without instances. */
  readonly areRequired: boolean;

  /**
   * The EMR id of the cluster of runs whose instance signed the proof, and for this run; null where it proves no such thing.
   * @throws AwsThrottled, AwsFailed: it could not be found out
   */
  clusterOf(proof: string, runId: string): Promise<string | null>;
}
