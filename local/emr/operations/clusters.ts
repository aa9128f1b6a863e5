import * as z from 'zod';
import { CLUSTER_STATES } from '../cluster-record.ts';
import { clusterArn, clusterDescription, clusterSummary } from '../descriptions.ts';
import { launchRequestSchema } from '../launch-request.ts';
import { checkLaunch } from '../launch-rules.ts';
import { page } from '../paging.ts';
import { knownCluster, knownJobFlow, operation } from './operation.ts';

export const runJobFlow = operation(launchRequestSchema, (request, { life, place }) => {
  checkLaunch(request);
  const { id } = life.launch(request);
  return { JobFlowId: id, ClusterArn: clusterArn(id, place) };
});

const listInput = z.object({
  CreatedAfter: z.number().optional(),
  CreatedBefore: z.number().optional(),
  ClusterStates: z.array(z.enum(CLUSTER_STATES)).default([]),
  Marker: z.string().optional(),
});

/** Newest first, 50 a page. */
export const listClusters = operation(listInput, (input, { store, place }) => {
  const after = (input.CreatedAfter ?? 0) * 1000;
  const before = (input.CreatedBefore ?? Number.POSITIVE_INFINITY) * 1000;
  const wanted = store
    .all()
    .filter(({ forgotten, createdAt }) => !forgotten && createdAt > after && createdAt < before)
    .filter(({ state }) => input.ClusterStates.length === 0 || input.ClusterStates.includes(state));
  const { items, ...marker } = page(wanted, ({ sequence }) => -sequence, input.Marker);
  return { Clusters: items.map((cluster) => clusterSummary(cluster, place, Date.now())), ...marker };
});

export const describeCluster = operation(z.object({ ClusterId: z.string() }), ({ ClusterId }, context) => ({
  Cluster: clusterDescription(knownCluster(context, ClusterId), context.place, Date.now()),
}));

const jobFlowIds = z.array(z.string()).min(1).max(1000);

/** All or none for unknown ids. */
export const terminateJobFlows = operation(z.object({ JobFlowIds: jobFlowIds }), ({ JobFlowIds }, context) => {
  const clusters = JobFlowIds.map((id) => knownJobFlow(context, id));
  for (const cluster of clusters) context.life.terminate(cluster);
  return null;
});
