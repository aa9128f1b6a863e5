import * as z from 'zod';
import { STEP_STATES, type ClusterRecord } from '../cluster-record.ts';
import { stepDescription } from '../descriptions.ts';
import { invalidRequest } from '../emr-error.ts';
import { page } from '../paging.ts';
import { knownCluster, operation } from './operation.ts';

const stepOf = (cluster: ClusterRecord, id: string) => {
  const step = cluster.steps.find((known) => known.id === id);
  if (step === undefined) throw invalidRequest(`Step id '${id}' is not valid.`);
  return step;
};

const listInput = z.object({
  ClusterId: z.string(),
  StepStates: z.array(z.enum(STEP_STATES)).default([]),
  StepIds: z.array(z.string()).max(10).default([]),
  Marker: z.string().optional(),
});

/** Newest first, 50 a page; by ids in the cluster's own order. */
export const listSteps = operation(listInput, (input, context) => {
  const cluster = knownCluster(context, input.ClusterId);
  for (const id of input.StepIds) stepOf(cluster, id);
  const direction = input.StepIds.length > 0 ? 1 : -1;
  const steps = direction === 1 ? cluster.steps : cluster.steps.toReversed();
  const wanted = steps
    .filter(({ id }) => input.StepIds.length === 0 || input.StepIds.includes(id))
    .filter(({ state }) => input.StepStates.length === 0 || input.StepStates.includes(state));
  const { items, ...marker } = page(wanted, (step) => direction * cluster.steps.indexOf(step), input.Marker);
  return { Steps: items.map(stepDescription), ...marker };
});

export const describeStep = operation(
  z.object({ ClusterId: z.string(), StepId: z.string() }),
  ({ ClusterId, StepId }, context) => ({
    Step: stepDescription(stepOf(knownCluster(context, ClusterId), StepId)),
  }),
);
