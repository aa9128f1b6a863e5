import * as z from 'zod';
import { isEnding, STEP_STATES, type ClusterRecord } from '../cluster-record.ts';
import { stepDescription } from '../descriptions.ts';
import { invalidRequest, validationException } from '../emr-error.ts';
import { stepSchema } from '../launch-request.ts';
import { MAXIMUM_STEPS } from '../launch-rules.ts';
import { page } from '../paging.ts';
import { knownCluster, knownJobFlow, operation } from './operation.ts';

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

export const addJobFlowSteps = operation(
  z.object({ JobFlowId: z.string(), Steps: z.array(stepSchema).min(1).max(MAXIMUM_STEPS) }),
  ({ JobFlowId, Steps }, context) => {
    const cluster = knownJobFlow(context, JobFlowId);
    if (isEnding(cluster)) {
      throw validationException('A job flow that is shutting down, terminated, or finished may not be modified.');
    }
    const open = cluster.steps.filter(({ endedAt }) => endedAt === null).length;
    if (open + Steps.length > MAXIMUM_STEPS) {
      throw validationException('Maximum number of steps for job flow exceeded');
    }
    return { StepIds: context.life.addSteps(cluster, Steps) };
  },
);

const cancelInput = z.object({
  ClusterId: z.string(),
  StepIds: z.array(z.string()).min(1).max(MAXIMUM_STEPS),
  StepCancellationOption: z.enum(['SEND_INTERRUPT', 'TERMINATE_PROCESS']).default('SEND_INTERRUPT'),
});

export const cancelSteps = operation(cancelInput, ({ ClusterId, StepIds }, context) => {
  const cluster = knownCluster(context, ClusterId);
  const infos = StepIds.map((id) => {
    const accepted = context.life.cancelStep(cluster, stepOf(cluster, id));
    return accepted
      ? { StepId: id, Status: 'SUBMITTED', Reason: '' }
      : { StepId: id, Status: 'FAILED', Reason: `The step ${id} has already ended and cannot be cancelled.` };
  });
  return { CancelStepsInfoList: infos };
});
