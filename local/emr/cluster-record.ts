import type { LaunchRequest, StepConfig } from './launch-request.ts';

export type ClusterState =
  'STARTING' | 'BOOTSTRAPPING' | 'RUNNING' | 'WAITING' | 'TERMINATING' | 'TERMINATED' | 'TERMINATED_WITH_ERRORS';

export const CLUSTER_STATES: readonly [ClusterState, ...ClusterState[]] = [
  'STARTING',
  'BOOTSTRAPPING',
  'RUNNING',
  'WAITING',
  'TERMINATING',
  'TERMINATED',
  'TERMINATED_WITH_ERRORS',
];

export type StepState = 'PENDING' | 'CANCEL_PENDING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED' | 'INTERRUPTED';

export const STEP_STATES: readonly [StepState, ...StepState[]] = [
  'PENDING',
  'CANCEL_PENDING',
  'RUNNING',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
  'INTERRUPTED',
];

/** Failures that a launched cluster can be made to end in (`failNext`). */
export const PLANNED_FAILURES = [
  'BOOTSTRAP_FAILURE',
  'INSTANCE_FAILURE',
  'STEP_FAILURE',
  'INTERNAL_ERROR',
  'VALIDATION_ERROR',
] as const;
export type PlannedFailure = (typeof PLANNED_FAILURES)[number];

export type ReasonCode = PlannedFailure | 'INSTANCE_FLEET_TIMEOUT' | 'USER_REQUEST' | 'ALL_STEPS_COMPLETED';

/** EMR gives a code only where a cluster ends. */
export interface StateChangeReason {
  readonly code: ReasonCode | null;
  readonly message: string | null;
}

/** What is to happen to a cluster at a time (milliseconds since the epoch). */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly at: number;
  readonly stepId: string | null;
}

/** `expired`: EMR forgets a cluster two months after its end. */
export type AlarmKind = 'started' | 'bootstrapped' | 'spotTimedOut' | 'stepEnded' | 'idle' | 'terminated' | 'expired';

export interface StepRecord {
  readonly id: string;
  readonly config: StepConfig;
  state: StepState;
  readonly createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  failure: { readonly reason: string; readonly message: string | null; readonly logFile: string | null } | null;
  /** Made to fail by `failNext`, without being run. */
  failurePlanned: boolean;
}

export interface InstanceRecord {
  readonly id: string;
  readonly ec2Id: string;
  readonly market: 'ON_DEMAND' | 'SPOT';
  readonly privateIp: string;
  readonly publicIp: string;
  readonly createdAt: number;
}

/** An instance group or fleet. Capacities are in its units: instances for a group, weighted units for a fleet. */
export interface InstanceSet {
  readonly id: string;
  readonly kind: 'group' | 'fleet';
  readonly role: 'MASTER' | 'CORE' | 'TASK';
  readonly name: string | null;
  readonly instanceType: string;
  readonly weight: number;
  readonly targetOnDemand: number;
  readonly targetSpot: number;
  readonly spotTimeout: {
    readonly minutes: number;
    readonly action: 'SWITCH_TO_ON_DEMAND' | 'TERMINATE_CLUSTER';
  } | null;
  /** As requested, for what the Describe and List calls give back. */
  readonly request: Readonly<Record<string, unknown>>;
  instances: InstanceRecord[];
}

/** A persistent application UI: a history server of EMR's own over the cluster's event logs. */
export interface PersistentUi {
  readonly id: string;
  readonly createdAt: number;
}

/** All that this EMR holds of one cluster; plain JSON, times in milliseconds since the epoch. */
export interface ClusterRecord {
  readonly id: string;
  /** Rises with every launch: the order of lists and the place that a list's marker points at. */
  readonly sequence: number;
  readonly request: LaunchRequest;
  tags: Record<string, string>;
  state: ClusterState;
  reason: StateChangeReason;
  readonly createdAt: number;
  readyAt: number | null;
  endedAt: number | null;
  waitingSince: number | null;
  masterPublicDnsName: string | null;
  idleTimeoutSeconds: number | null;
  readonly instanceSets: InstanceSet[];
  readonly steps: StepRecord[];
  alarms: Alarm[];
  plannedFailure: PlannedFailure | null;
  /** The state TERMINATING leads to. */
  endState: 'TERMINATED' | 'TERMINATED_WITH_ERRORS' | null;
  /** Left out where none was made. */
  persistentUis?: readonly PersistentUi[];
  /** Made to vanish from answers and events by `forget`. */
  forgotten: boolean;
}

export const hasEnded = (cluster: ClusterRecord): boolean =>
  cluster.state === 'TERMINATED' || cluster.state === 'TERMINATED_WITH_ERRORS';

export const isEnding = (cluster: ClusterRecord): boolean => cluster.state === 'TERMINATING' || hasEnded(cluster);
