import { randomUUID } from 'node:crypto';
import type { ClusterRecord, ClusterState, StateChangeReason, StepRecord } from './cluster-record.ts';

/** An event as EventBridge delivers it from `aws.emr`. */
export interface EmrEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'EMR Cluster State Change' | 'EMR Step Status Change';
  readonly source: 'aws.emr';
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
}

export interface EventContext {
  readonly region: string;
  readonly accountId: string;
}

/** EMR's messages give times to the minute: `2016-12-16 20:53 UTC`. */
const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const envelope = (
  { region, accountId }: EventContext,
  type: EmrEvent['detail-type'],
  at: number,
  detail: EmrEvent['detail'],
): EmrEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': type,
  source: 'aws.emr',
  account: accountId,
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  region,
  resources: [],
  detail,
});

// EMR sends no events for BOOTSTRAPPING and TERMINATING.
// https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html
const clusterMessages: Partial<Record<ClusterState, (named: string, cluster: ClusterRecord, time: string) => string>> =
  {
    STARTING: (named, _cluster, time) => `Amazon EMR cluster ${named} was requested at ${time} and is being created.`,
    RUNNING: (named, _cluster, time) => `Amazon EMR cluster ${named} began running steps at ${time}.`,
    WAITING: (named, cluster, time) =>
      cluster.steps.length === 0
        ? `Amazon EMR cluster ${named} was created at ${time} and is ready for use.`
        : `Amazon EMR cluster ${named} finished running all pending steps at ${time}.`,
    TERMINATED: (named, cluster, time) =>
      `Amazon EMR Cluster ${named} has terminated at ${time} with a reason of ${cluster.reason.code ?? ''}.`,
    TERMINATED_WITH_ERRORS: (named, cluster, time) =>
      `Amazon EMR Cluster ${named} has terminated with errors at ${time} with a reason of ${cluster.reason.code ?? ''}.`,
  };

const clusterSeverity = ({ state, reason }: ClusterRecord): string => {
  if (state === 'TERMINATED_WITH_ERRORS') return 'CRITICAL';
  const peaceful = [null, 'USER_REQUEST', 'ALL_STEPS_COMPLETED'].includes(reason.code);
  return state === 'TERMINATED' && !peaceful ? 'CRITICAL' : 'INFO';
};

const reasonJson = ({ code, message }: StateChangeReason): string =>
  JSON.stringify({ code: code ?? '', ...(message === null ? {} : { message }) });

/** The event of the state a cluster has just entered, or null where EMR sends none. */
export const clusterEvent = (context: EventContext, cluster: ClusterRecord, at: number): EmrEvent | null => {
  const message = clusterMessages[cluster.state];
  if (message === undefined) return null;
  const name = cluster.request.Name;
  return envelope(context, 'EMR Cluster State Change', at, {
    severity: clusterSeverity(cluster),
    stateChangeReason: reasonJson(cluster.reason),
    name,
    clusterId: cluster.id,
    state: cluster.state,
    message: message(`${cluster.id} (${name})`, cluster, minute(at)),
  });
};

const stepSeverities: Record<StepRecord['state'], string> = {
  PENDING: 'INFO',
  CANCEL_PENDING: 'WARN',
  RUNNING: 'INFO',
  COMPLETED: 'INFO',
  CANCELLED: 'WARN',
  FAILED: 'ERROR',
  INTERRUPTED: 'WARN',
};

const stepMessage = (cluster: ClusterRecord, step: StepRecord, at: number): string => {
  const named = `${step.id} (${step.config.Name})`;
  const on = `Amazon EMR cluster ${cluster.id} (${cluster.request.Name})`;
  const time = minute(at);
  const started = step.startedAt ?? at;
  const messages: Record<StepRecord['state'], string> = {
    PENDING: `Step ${named} was added to ${on} at ${time} and is pending execution.`,
    CANCEL_PENDING: `Step ${named} in ${on} was cancelled at ${time} and is pending cancellation.`,
    RUNNING: `Step ${named} in ${on} started running at ${time}.`,
    COMPLETED:
      `Step ${named} in ${on} completed execution at ${time}. The step started running at ${minute(started)} ` +
      `and took ${Math.floor((at - started) / 60_000)} minutes to complete.`,
    CANCELLED: `Cancellation request has succeeded for cluster step ${named} in ${on} at ${time}, and the step is now cancelled.`,
    FAILED: `Step ${named} in ${on} failed at ${time}.`,
    INTERRUPTED: `Step ${named} in ${on} was interrupted at ${time}.`,
  };
  return messages[step.state];
};

/** The event of the state a step has just entered. */
export const stepEvent = (context: EventContext, cluster: ClusterRecord, step: StepRecord, at: number): EmrEvent =>
  envelope(context, 'EMR Step Status Change', at, {
    severity: stepSeverities[step.state],
    actionOnFailure: step.config.ActionOnFailure,
    stepId: step.id,
    name: step.config.Name,
    clusterId: cluster.id,
    state: step.state,
    message: stepMessage(cluster, step, at),
  });
