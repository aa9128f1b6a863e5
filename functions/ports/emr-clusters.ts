import type { EmrClusterState, EmrObservation } from '../../shared/domain/emr-state.ts';

/** One of our EMR clusters in EMR's list, which carries names but no tags. */
export interface ListedCluster extends EmrObservation {
  readonly name: string;
}

/** EMR as the sweeps and use cases see it, apart from launching. Throttling is `AwsThrottled`, other trouble `AwsFailed`. */
export interface EmrClusters {
  /** Null where EMR does not know the id. */
  describe(jobflowId: string): Promise<EmrObservation | null>;
  /** Every cluster in the states whose name is of this environment; one call for each 50. */
  list(states: readonly EmrClusterState[], createdAfter?: string): Promise<readonly ListedCluster[]>;
  /** Several ids a call; those already final are no error. */
  terminate(jobflowIds: readonly string[]): Promise<void>;
}
