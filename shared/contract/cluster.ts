import * as z from 'zod';

import { cost, objectPermissions, reason } from './fields.ts';
import { clusterStatus, phase } from './workload-states.ts';

/** Ready-to-copy commands that reach a ready cluster. `<key>` stands for the person's private key file. */
export const clusterAccess = z.object({
  tunnel: z.string(),
  tunnelWithKey: z.string(),
  ssh: z.string(),
  sshWithKey: z.string(),
  sshConfig: z.string(),
  copyNotebooks: z.string(),
  copyNotebooksWithKey: z.string(),
  efsMount: z.string().nullable(),
  jupyterUrl: z.string(),
  /** Null where the release has no Zeppelin. */
  zeppelinUrl: z.string().nullable(),
});

export const clusterView = z.object({
  id: z.string(),
  identifier: z.string(),
  /** The person's id; `owner` is a display name. */
  ownerId: z.string(),
  owner: z.string(),
  size: z.number(),
  lifetime: z.number(),
  lifetimeExtensionCount: z.number(),
  sshKeyId: z.string(),
  emrRelease: z.string(),
  jobflowId: z.string().nullable(),
  phase,
  /** EMR's state. */
  status: clusterStatus,
  statusReason: reason,
  isActive: z.boolean(),
  isReady: z.boolean(),
  isFailed: z.boolean(),
  /** Who or what requested the termination, and why; null if none was requested. */
  termination: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
  masterAddress: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  startedAt: z.string().nullable(),
  readyAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  cost,
  idleHours: z.number().nullable(),
  /** Whether the home directory outlasts the cluster; `problem` says why not where the deployment keeps homes. */
  home: z.object({ isKept: z.boolean(), problem: z.string().nullable() }),
  /** Whether people reach clusters by SSH at all. */
  allowsSsh: z.boolean(),
  /** Whose SSH key opens the cluster, where that is not its owner; null otherwise. */
  keyOwner: z.string().nullable(),
  /**
   * What a client of Spark Connect must have, and the same Python where it sends functions; null where clusters of the release
   * have no Spark Connect.
   */
  connect: z.object({ sparkVersion: z.string(), pythonVersion: z.string() }).nullable(),
  /** Null until the cluster is ready, and but for the owner: only their key opens it. */
  access: clusterAccess.nullable(),
  permissions: objectPermissions,
  modifiedAt: z.string(),
});

export type ClusterView = z.output<typeof clusterView>;
export type ClusterAccess = z.output<typeof clusterAccess>;
