/** EMR's own cluster states, in EMR's spelling (API reference, ClusterStatus). */
export const EMR_CLUSTER_STATES = [
  'STARTING',
  'BOOTSTRAPPING',
  'RUNNING',
  'WAITING',
  'TERMINATING',
  'TERMINATED',
  'TERMINATED_WITH_ERRORS',
] as const;

export type EmrClusterState = (typeof EMR_CLUSTER_STATES)[number];

/** `LAUNCHING`: claimed by us, not yet known to EMR. */
export type ClusterStatus = 'LAUNCHING' | EmrClusterState;

export const ACTIVE_EMR_STATES: readonly EmrClusterState[] = [
  'STARTING',
  'BOOTSTRAPPING',
  'RUNNING',
  'WAITING',
  'TERMINATING',
];

export interface StatusReason {
  readonly code: string;
  readonly message: string;
}

/** What EMR says of a cluster, by an event, ListClusters or DescribeCluster. */
export interface EmrObservation {
  readonly jobflowId: string;
  readonly state: EmrClusterState;
  readonly reason: StatusReason | null;
  readonly createdAt: string | null;
  readonly readyAt: string | null;
  readonly finishedAt: string | null;
  /** Null where the source of the observation does not carry it (events and ListClusters do not). */
  readonly masterAddress: string | null;
  readonly normalizedInstanceHours: number | null;
  /** When this was true, so that a late event cannot undo a newer observation. */
  readonly observedAt: string;
}

export const isFinalState = (status: ClusterStatus): boolean =>
  status === 'TERMINATED' || status === 'TERMINATED_WITH_ERRORS';

const ORDER: readonly ClusterStatus[] = ['LAUNCHING', ...EMR_CLUSTER_STATES];

/**
 * Whether EMR may really have gone from one state to the other. WAITING and RUNNING alternate; everything else only
 * moves forward, and nothing leaves a final state: events arrive out of order.
 */
export const mayFollow = (from: ClusterStatus, to: ClusterStatus): boolean => {
  if (isFinalState(from)) return false;
  if (from === 'WAITING' && to === 'RUNNING') return true;
  return ORDER.indexOf(to) > ORDER.indexOf(from);
};

/** Reason codes of a failure that deserves a mail; USER_REQUEST and ALL_STEPS_COMPLETED are no failures. */
export const FAILURE_REASON_CODES: readonly string[] = [
  'INTERNAL_ERROR',
  'VALIDATION_ERROR',
  'INSTANCE_FAILURE',
  'BOOTSTRAP_FAILURE',
  'STEP_FAILURE',
];
