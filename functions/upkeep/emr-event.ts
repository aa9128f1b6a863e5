import { EMR_EVENT_TYPES } from '../../shared/contract/upkeep.ts';
import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { statesOf, statusReason, type EmrState, type Engine, type StatusReason } from '../../shared/domain/engine.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import { emrIdOf } from '../../shared/domain/serverless-ids.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';

/**
 * What the portal reads of EMR's events (Management Guide, "Monitoring Amazon EMR events with CloudWatch"; EMR Serverless User
 * Guide, "Automating EMR Serverless with Amazon EventBridge").
 */
export interface EmrEvent {
  readonly type: (typeof EMR_EVENT_TYPES)[number];
  readonly time: Instant;
  /** Of the cluster, or of the job run. */
  readonly emrId: string;
  /** The cluster's name; the step's where the event is about a step; empty where it is about a job run. */
  readonly name: string;
  readonly state: string;
  /** JSON in a string; empty where the event is about a step or a job run. */
  readonly stateChangeReason: string;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

const emrIdIn = (detail: Fields): string => {
  const [applicationId, jobRunId] = [textIn(detail, 'applicationId'), textIn(detail, 'jobRunId')];
  return jobRunId === '' ? textIn(detail, 'clusterId') : emrIdOf({ applicationId, jobRunId });
};

/** One of EMR's events as EventBridge delivers it; null where it is none. Few fields, so that no library need be loaded. */
export const emrEventIn = (event: unknown): EmrEvent | null => {
  const envelope = fieldsOf(event);
  const detail = fieldsOf(envelope['detail']);
  const type = EMR_EVENT_TYPES.find((known) => known === envelope['detail-type']);
  const time = Date.parse(textIn(envelope, 'time'));
  const [emrId, state] = [emrIdIn(detail), textIn(detail, 'state')];
  if (type === undefined || Number.isNaN(time) || emrId === '' || state === '') return null;
  const stateChangeReason = textIn(detail, 'stateChangeReason');
  return { type, time: toInstant(time), emrId, name: textIn(detail, 'name'), state, stateChangeReason };
};

const reasonIn = (text: string): StatusReason | null => {
  try {
    const reason = fieldsOf(JSON.parse(text));
    const code = textIn(reason, 'code');
    return code === '' ? null : statusReason(code, textIn(reason, 'message'));
  } catch {
    return null;
  }
};

const isAboutStep = ({ type }: EmrEvent): boolean => type === 'EMR Step Status Change';
const isAboutJobRun = ({ type }: EmrEvent): boolean => type === 'EMR Serverless Job Run State Change';

/** What executes the workload that the event is about. */
export const engineOf = (event: EmrEvent): Engine => (isAboutJobRun(event) ? 'serverless' : 'cluster');

/** Whether the event names its workload by the id alone. */
export const lacksName = (event: EmrEvent): boolean => isAboutStep(event) || isAboutJobRun(event);

/** All that a step's state tells of its cluster: one that runs a step is running. */
const stateIn = (event: EmrEvent): EmrState | undefined => {
  if (isAboutStep(event)) return event.state === 'RUNNING' ? 'RUNNING' : undefined;
  const states: readonly EmrState[] = statesOf(engineOf(event));
  return states.find((known) => known === event.state);
};

/** What an event tells of its workload; null where that is nothing. */
export const observationIn = (event: EmrEvent, environment: string): EmrObservation | null => {
  const state = stateIn(event);
  if (state === undefined) return null;
  return {
    emrId: event.emrId,
    runToken: lacksName(event) ? null : runTokenIn(event.name, environment),
    state,
    reason: reasonIn(event.stateChangeReason),
    createdAt: null,
    readyAt: null,
    finishedAt: null,
    masterAddress: null,
    normalizedInstanceHours: null,
    billed: null,
    observedAt: event.time,
  };
};
