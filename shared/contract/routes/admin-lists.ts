import * as z from 'zod';

import { bulk } from '../bulk.ts';
import { pageQuery, searchedPageOf, searchQuery } from '../fields.ts';
import { ofEverybody } from '../of-everybody.ts';
import { route } from '../route.ts';
import { CLUSTER_SORT_FIELDS } from './clusters.ts';
import { clusterView } from '../cluster.ts';
import { SPARK_JOB_SORT_FIELDS, SPARK_JOB_STATUSES } from '../spark-job.ts';
import { listedSparkJobView } from '../spark-job.ts';
import { sshKeyView } from './ssh-keys.ts';

const CLUSTER_STATUSES = ['active', 'terminated', 'failed', 'all'] as const;
/** `supportEnding`: enabled, on a release whose support ends within 90 days or has ended. */
const STATUSES = [...SPARK_JOB_STATUSES, 'supportEnding'] as const;

export const adminClusterRoutes = {
  listAllClusters: route({
    feature: 'clusters',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/clusters',
    summary: 'Clusters of everybody, newest first',
    query: pageQuery.extend({
      ...ofEverybody,
      ...searchQuery(CLUSTER_SORT_FIELDS),
      status: z
        .enum(CLUSTER_STATUSES, { error: `Give status as one of ${CLUSTER_STATUSES.join(', ')}.` })
        .default('all'),
    }),
    response: searchedPageOf(clusterView),
    status: 200,
  }),
  terminateClusters: route({
    ...bulk('Terminate clusters immediately; each answers for itself'),
    feature: 'clusters',
    path: '/api/admin/clusters/terminate',
  }),
};

export const adminSparkJobRoutes = {
  listAllSparkJobs: route({
    feature: 'jobs',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/spark-jobs',
    summary: 'Spark jobs of everybody, newest first',
    query: pageQuery.extend({
      ...ofEverybody,
      ...searchQuery(SPARK_JOB_SORT_FIELDS),
      status: z.enum(STATUSES, { error: `Give status as one of ${STATUSES.join(', ')}.` }).default('all'),
    }),
    response: searchedPageOf(listedSparkJobView),
    status: 200,
  }),
  enableSparkJobs: route({
    ...bulk('Enable Spark jobs by their identifiers; each answers for itself'),
    feature: 'jobs',
    path: '/api/admin/spark-jobs/enable',
  }),
  disableSparkJobs: route({
    ...bulk('Disable Spark jobs by their identifiers; each answers for itself'),
    feature: 'jobs',
    path: '/api/admin/spark-jobs/disable',
  }),
};

export const ownedSshKeyView = sshKeyView.extend({ ownerId: z.string(), owner: z.string() });
export type OwnedSshKeyView = z.output<typeof ownedSshKeyView>;

const SSH_KEY_SORT_FIELDS = ['title', 'owner', 'type', 'bits', 'createdAt'] as const;
export type SshKeySortField = (typeof SSH_KEY_SORT_FIELDS)[number];

export const adminSshKeyRoutes = {
  listAllSshKeys: route({
    feature: 'ssh-keys',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/ssh-keys',
    summary: 'SSH keys of everybody, newest first; query also takes a whole fingerprint, SHA-256 or MD5',
    query: pageQuery.extend({ owner: ofEverybody.owner, ...searchQuery(SSH_KEY_SORT_FIELDS) }),
    response: searchedPageOf(ownedSshKeyView),
    status: 200,
  }),
};
