import type { LaunchNetwork } from '../ec2/launch-network.ts';
import type { AlarmClock } from '../emulation/alarm-clock.ts';
import type { Executions } from '../emulation/executions.ts';
import type { RecordStore } from '../emulation/record-store.ts';
import type { Alarm, ClusterRecord, ClusterState, StateChangeReason, StepRecord, StepState } from './cluster-record.ts';
import { clusterEvent, stepEvent, type EmrEvent, type EventContext } from './events.ts';
import type { Faults } from './faults.ts';
import type { Timings } from './settings.ts';
import type { RunStep } from './run-step.ts';
import type { StepLogs } from './step-logs.ts';

/** What the parts of a cluster's life share. */
export interface LifeContext {
  readonly store: RecordStore<ClusterRecord>;
  readonly alarms: AlarmClock<Alarm, ClusterRecord>;
  readonly timings: Timings;
  readonly faults: Faults;
  readonly logs: StepLogs;
  /** Null when no executor was given. */
  readonly processes: (Executions & { readonly runStep: RunStep }) | null;
  /** Null where nothing is known of the network. */
  readonly network: LaunchNetwork | null;
  readonly place: EventContext;
  readonly publish: (event: EmrEvent) => void;
  closing: boolean;
}

const send = ({ faults, publish }: LifeContext, cluster: ClusterRecord, event: EmrEvent | null): void => {
  if (event !== null && !faults.loseEvents && !cluster.forgotten) publish(event);
};

/** Puts a cluster in a state, keeps that and tells EventBridge. */
export const enterState = (
  context: LifeContext,
  cluster: ClusterRecord,
  change: { state: ClusterState; reason: StateChangeReason; at: number },
): void => {
  cluster.state = change.state;
  cluster.reason = change.reason;
  context.store.save(cluster);
  send(context, cluster, clusterEvent(context.place, cluster, change.at));
};

/** Puts a step in a state, keeps that and tells EventBridge. */
export const enterStepState = (
  context: LifeContext,
  cluster: ClusterRecord,
  step: StepRecord,
  state: StepState,
  at: number,
): void => {
  step.state = state;
  if (state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED') step.endedAt = at;
  context.store.save(cluster);
  send(context, cluster, stepEvent(context.place, cluster, step, at));
};
