import { EMR_EVENT_TYPES } from '../../shared/contract/upkeep.ts';
import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { statesOf, statusReason, type EmrState, type StatusReason } from '../../shared/domain/engine.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { EmrObservation } from '../../shared/domain/workload.ts';

/** What the portal reads of EMR's events (Management Guide, "Monitoring Amazon EMR events with CloudWatch"). */
export interface EmrEvent {
  readonly type: (typeof EMR_EVENT_TYPES)[number];
  readonly time: Instant;
  readonly clusterId: string;
  /** The cluster's name; the step's where the event is about a step. */
  readonly name: string;
  readonly state: string;
  /** JSON in a string; empty where the event is about a step. */
  readonly stateChangeReason: string;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

/** One of EMR's events as EventBridge delivers it; null where it is none. Few fields, so that no library need be loaded. */
export const emrEventIn = (event: unknown): EmrEvent | null => {
  const envelope = fieldsOf(event);
  const detail = fieldsOf(envelope['detail']);
  const type = EMR_EVENT_TYPES.find((known) => known === envelope['detail-type']);
  const time = Date.parse(textIn(envelope, 'time'));
  const [clusterId, state] = [textIn(detail, 'clusterId'), textIn(detail, 'state')];
  if (type === undefined || Number.isNaN(time) || clusterId === '' || state === '') return null;
  const stateChangeReason = textIn(detail, 'stateChangeReason');
  return { type, time: toInstant(time), clusterId, name: textIn(detail, 'name'), state, stateChangeReason };
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

export const isAboutStep = ({ type }: Pick<EmrEvent, 'type'>): boolean => type === 'EMR Step Status Change';

/** All that a step's state tells of its cluster: one that runs a step is running. */
const stateIn = ({ type, state }: EmrEvent): EmrState | undefined => {
  if (isAboutStep({ type })) return state === 'RUNNING' ? 'RUNNING' : undefined;
  return statesOf('cluster').find((known) => known === state);
};

/** What an event tells of its cluster; null where that is nothing. Events of steps do not carry its name. */
export const observationIn = (event: EmrEvent, environment: string): EmrObservation | null => {
  const state = stateIn(event);
  if (state === undefined) return null;
  return {
    emrId: event.clusterId,
    runToken: isAboutStep(event) ? null : runTokenIn(event.name, environment),
    state,
    reason: reasonIn(event.stateChangeReason),
    createdAt: null,
    readyAt: null,
    finishedAt: null,
    masterAddress: null,
    normalizedInstanceHours: null,
    observedAt: event.time,
  };
};
