import * as z from 'zod';

import { INSTANCE_MARKETS, INSTANCE_ROLES } from '../../domain/cluster-details.ts';
import { route } from '../route.ts';

const step = z.object({
  id: z.string(),
  name: z.string(),
  /** EMR's state. */
  state: z.string(),
  /** Why it failed or was cancelled, in EMR's words; null otherwise. */
  reason: z.string().nullable(),
  createdAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type ClusterStepView = z.output<typeof step>;

const instance = z.object({
  /** Of EC2, as in EMR's reasons and logs. */
  id: z.string(),
  role: z.enum(INSTANCE_ROLES),
  type: z.string(),
  market: z.enum(INSTANCE_MARKETS),
  /** EMR's state. */
  state: z.string(),
  reason: z.string().nullable(),
  createdAt: z.string().nullable(),
  readyAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type ClusterInstanceView = z.output<typeof instance>;

const bootstrapLog = z.object({
  /** Which of the bootstrap actions, from 1. */
  action: z.number(),
  /** What the action printed, or `controller`: what EMR did to run it. */
  stream: z.string(),
  s3Uri: z.string(),
  /** Its last lines. */
  text: z.string(),
  isWhole: z.boolean(),
});
export type BootstrapLogView = z.output<typeof bootstrapLog>;

export const bootstrapLogQuery = z.strictObject({
  instance: z
    .string()
    .regex(/^i-[0-9a-f]{1,32}$/, { error: 'Give instance as an id of EC2, for example i-0123456789abcdef0.' })
    .optional(),
});

const common = { feature: 'clusters', access: 'signed-in', method: 'GET', status: 200 } as const;

/** What is inside a cluster, asked from EMR and S3 when somebody looks. */
export const clusterDetailRoutes = {
  getClusterSteps: route({
    ...common,
    path: '/api/clusters/{id}/steps',
    summary: 'The steps of a cluster, newest first',
    response: z.object({ steps: z.array(step), isWhole: z.boolean() }),
  }),
  getClusterInstances: route({
    ...common,
    path: '/api/clusters/{id}/instances',
    summary: 'The instances of a cluster, master first, with those that have ended',
    response: z.object({ instances: z.array(instance), isWhole: z.boolean() }),
  }),
  getBootstrapLog: route({
    ...common,
    path: '/api/clusters/{id}/bootstrap-log',
    summary: 'What the bootstrap actions printed on one instance; EMR copies it to S3 some minutes later',
    query: bootstrapLogQuery,
    response: z.object({
      /** The instances whose log is there. */
      instances: z.array(z.string()),
      /** Whose log this is: the one asked for, else one that EMR blames for a failure, else the first. Null while there is none. */
      instance: z.string().nullable(),
      logs: z.array(bootstrapLog),
    }),
  }),
};
