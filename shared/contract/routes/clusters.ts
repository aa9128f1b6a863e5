import * as z from 'zod';

import { budgetEffect, machines } from '../budget-views.ts';
import { LOWEST } from '../../domain/limits.ts';
import { DEFAULT_SIZE } from '../../domain/settings.ts';
import {
  identifier,
  personName,
  opaqueId,
  pageOf,
  pageQuery,
  priceBasis,
  releaseVersion,
  requestBody,
  searchedPageOf,
  searchQuery,
  wholeNumberFrom,
} from '../fields.ts';
import { clusterView } from '../cluster.ts';
import { connection } from '../connection.ts';
import { emrReleaseView } from '../emr-release-view.ts';
import { grantsBody, grantsView } from '../grants.ts';
import { route } from '../route.ts';
import { sparkUiLink } from '../spark-ui.ts';

const size = wholeNumberFrom('the number of workers', LOWEST.size);
const lifetime = wholeNumberFrom('the lifetime in hours', LOWEST.lifetime);

export const launchClusterBody = requestBody({
  identifier,
  size: size.default(DEFAULT_SIZE),
  /** Absent: what the settings preset. */
  lifetime: lifetime.optional(),
  sshKeyId: opaqueId('an SSH key'),
  emrRelease: releaseVersion,
  /** Hours without work after which EMR ends the cluster; null or absent: never. */
  idleHours: wholeNumberFrom('the idle hours', LOWEST.idleHours).nullable().default(null),
});

export const extendClusterBody = requestBody({
  /** Absent: what the settings preset for a lifetime. */
  hours: wholeNumberFrom('the extension in hours', LOWEST.lifetime).optional(),
});

export const estimate = z.object({
  hourly: z.number(),
  total: z.number(),
  machines,
  budget: budgetEffect,
  ...priceBasis,
});

const common = { feature: 'clusters', access: 'signed-in' } as const;

export const CLUSTER_SORT_FIELDS = [
  'identifier',
  'owner',
  'size',
  'status',
  'emrRelease',
  'createdAt',
  'expiresAt',
  'finishedAt',
] as const;
export type ClusterSortField = (typeof CLUSTER_SORT_FIELDS)[number];

export const clusterListQuery = pageQuery.extend({
  status: z
    .enum(['active', 'terminated', 'failed', 'all'], { error: 'Give status as active, terminated, failed or all.' })
    .default('active'),
  /** Left out: mine and shared with me. */
  owner: z.enum(['mine', 'shared', 'all'], { error: 'Give owner as mine, shared or all.' }).optional(),
  ...searchQuery(CLUSTER_SORT_FIELDS),
});

export const clusterRoutes = {
  listClusters: route({
    ...common,
    method: 'GET',
    path: '/api/clusters',
    summary: 'Clusters, newest first: mine and those shared with me, unless owner says otherwise',
    query: clusterListQuery,
    response: searchedPageOf(clusterView),
    status: 200,
  }),
  getClusterDefaults: route({
    ...common,
    method: 'GET',
    path: '/api/clusters/defaults',
    summary: 'Presets and limits of the launch form',
    response: z.object({
      identifier: z.string(),
      size: z.number(),
      maxSize: z.number().nullable(),
      lifetime: z.number(),
      minLifetime: z.number(),
      maxLifetime: z.number(),
      idleHours: z.number(),
      minIdleHours: z.number(),
      maxIdleHours: z.number(),
      sshKeyId: z.string().nullable(),
      emrRelease: z.string().nullable(),
      /** Home directories that outlast clusters, and for how many people there is room at AWS’s default quotas. */
      homes: z.object({ areKept: z.boolean(), atMost: z.number().nullable() }),
    }),
    status: 200,
  }),
  launchCluster: route({
    ...common,
    method: 'POST',
    path: '/api/clusters',
    summary: 'Launch a cluster',
    body: launchClusterBody,
    response: clusterView,
    status: 201,
  }),
  getCluster: route({
    ...common,
    method: 'GET',
    path: '/api/clusters/{id}',
    summary: 'One cluster',
    response: clusterView,
    status: 200,
  }),
  extendCluster: route({
    ...common,
    method: 'POST',
    path: '/api/clusters/{id}/extend',
    summary: 'Extend the lifetime',
    body: extendClusterBody,
    response: clusterView,
    status: 200,
  }),
  terminateCluster: route({
    ...common,
    method: 'POST',
    path: '/api/clusters/{id}/terminate',
    summary: 'Terminate immediately',
    response: clusterView,
    status: 202,
  }),
  connectCluster: route({
    ...common,
    method: 'POST',
    path: '/api/clusters/{id}/connection',
    summary:
      'Make an address and a token for the owner’s client, starting a Spark session on the cluster where it has none; 409 not-ready until that is started',
    response: connection,
    isSecret: true,
    status: 200,
  }),
  openClusterSparkUi: route({
    ...common,
    method: 'POST',
    path: '/api/clusters/{id}/spark-ui',
    summary: 'An address that opens the Spark UI, made now',
    response: sparkUiLink,
    isSecret: true,
    status: 200,
  }),
  getClusterGrants: route({
    ...common,
    method: 'GET',
    path: '/api/clusters/{id}/grants',
    summary: 'With whom the cluster is shared',
    response: grantsView,
    status: 200,
  }),
  putClusterGrants: route({
    ...common,
    method: 'PUT',
    path: '/api/clusters/{id}/grants',
    summary: 'Share the cluster with these people and groups, and with no others',
    body: grantsBody,
    response: grantsView,
    status: 200,
  }),
  transferCluster: route({
    ...common,
    access: 'admin',
    method: 'POST',
    path: '/api/admin/clusters/{id}/transfer',
    summary: 'Make a live cluster another person’s',
    body: requestBody({ owner: personName }),
    response: clusterView,
    status: 200,
  }),
  estimateCluster: route({
    ...common,
    method: 'POST',
    path: '/api/estimates/cluster',
    summary: 'Cost of a cluster',
    body: requestBody({ size, lifetime }),
    response: estimate,
    status: 200,
  }),
  listEmrReleases: route({
    ...common,
    method: 'GET',
    path: '/api/emr-releases',
    summary: 'Active EMR releases, newest first',
    query: pageQuery,
    response: pageOf(emrReleaseView),
    status: 200,
  }),
};
