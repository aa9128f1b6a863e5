import { z } from 'zod';

import {
  EMR_CLUSTER_STATES,
  type EmrClusterState,
  type EmrObservation,
  type StatusReason,
} from '../../shared/domain/emr-state.ts';
import { toInstant } from '../../shared/domain/instant.ts';

const envelope = { time: z.iso.datetime().transform((time) => toInstant(Date.parse(time))) };

/** EMR's events as EventBridge delivers them (Management Guide, "Monitoring Amazon EMR events with CloudWatch"). */
export const emrEvent = z.discriminatedUnion('detail-type', [
  z.object({
    ...envelope,
    'detail-type': z.literal('EMR Cluster State Change'),
    detail: z.object({
      clusterId: z.string(),
      name: z.string().default(''),
      state: z.string(),
      /** JSON in a string. */
      stateChangeReason: z.string().default(''),
    }),
  }),
  z.object({
    ...envelope,
    'detail-type': z.literal('EMR Step Status Change'),
    // `name` is the step's here.
    detail: z.object({ clusterId: z.string(), state: z.string() }),
  }),
]);

export type EmrEvent = z.output<typeof emrEvent>;

const reasonText = z.object({ code: z.string().min(1), message: z.string().default('') });

const reasonIn = (text: string): StatusReason | null => {
  try {
    return reasonText.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

/** All that a step's state tells of its cluster: one that runs a step is running. */
const stateIn = (event: EmrEvent): EmrClusterState | undefined => {
  if (event['detail-type'] === 'EMR Step Status Change')
    return event.detail.state === 'RUNNING' ? 'RUNNING' : undefined;
  return EMR_CLUSTER_STATES.find((state) => state === event.detail.state);
};

/** What an event tells of its cluster; null where that is nothing. */
export const observationIn = (event: EmrEvent): EmrObservation | null => {
  const state = stateIn(event);
  if (state === undefined) return null;
  const isCluster = event['detail-type'] === 'EMR Cluster State Change';
  return {
    jobflowId: event.detail.clusterId,
    state,
    reason: isCluster ? reasonIn(event.detail.stateChangeReason) : null,
    createdAt: null,
    readyAt: null,
    finishedAt: null,
    masterAddress: null,
    normalizedInstanceHours: null,
    observedAt: event.time,
  };
};
