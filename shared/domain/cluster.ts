import {
  ACTIVE_EMR_STATES,
  isFinalState,
  mayFollow,
  type ClusterStatus,
  type EmrObservation,
  type StatusReason,
} from './emr-state.ts';
import { Conflict } from './errors.ts';
import { costBetween } from './cost.ts';
import { plusHours, type Instant } from './instant.ts';
import { withMail, type PendingMail } from './mail.ts';
import type { Person } from './person.ts';

export const CLUSTER_LIMITS = {
  minSize: 1,
  maxSize: 30,
  minLifetime: 2,
  maxLifetime: 24,
  defaultSize: 1,
  defaultLifetime: 8,
} as const;

/** How long before its expiry a cluster's owner is mailed. */
export const EXPIRY_NOTICE_HOURS = 1;

export interface TerminationRequest {
  readonly by: string;
  readonly reason: 'requested' | 'expired' | 'orphaned';
  readonly at: Instant;
}

/** An on-demand EMR cluster and all that is recorded of it. */
export interface Cluster {
  readonly id: string;
  readonly identifier: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly ownerEmail: string;
  /** Worker nodes; 1 means that the master works alone. */
  readonly size: number;
  /** Hours, as asked for at the launch. */
  readonly lifetime: number;
  readonly lifetimeExtensionCount: number;
  readonly sshKeyId: string;
  readonly emrRelease: string;
  /** Part of the EMR cluster's name, by which a launch of unknown outcome is found again. */
  readonly runToken: string;
  readonly jobflowId: string | null;
  readonly status: ClusterStatus;
  readonly statusReason: StatusReason | null;
  readonly masterAddress: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly startedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** US dollars per hour for all nodes, at the prices of the launch. */
  readonly hourlyCost: number;
  readonly normalizedInstanceHours: number | null;
  readonly termination: TerminationRequest | null;
  /** The expiry that the owner was last mailed about. */
  readonly expiryMailedFor: Instant | null;
  readonly pendingMails: readonly PendingMail[];
  /** Sweeps running in which EMR's list lacked this cluster. */
  readonly missedSweeps: number;
  readonly modifiedAt: Instant;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export interface ClusterRequest {
  readonly identifier: string;
  readonly size: number;
  readonly lifetime: number;
  readonly sshKeyId: string;
  readonly emrRelease: string;
}

/** The cluster as claimed before EMR is called. */
export const plannedCluster = (
  request: ClusterRequest,
  {
    id,
    person,
    now,
    runToken,
    hourlyCost,
  }: { id: string; person: Person; now: Instant; runToken: string; hourlyCost: number },
): Cluster => ({
  ...request,
  id,
  ownerId: person.id,
  owner: person.username,
  ownerEmail: person.email,
  lifetimeExtensionCount: 0,
  runToken,
  jobflowId: null,
  status: 'LAUNCHING',
  statusReason: null,
  masterAddress: null,
  createdAt: now,
  expiresAt: plusHours(now, request.lifetime),
  startedAt: null,
  readyAt: null,
  finishedAt: null,
  hourlyCost,
  normalizedInstanceHours: null,
  termination: null,
  expiryMailedFor: null,
  pendingMails: [],
  missedSweeps: 0,
  modifiedAt: now,
  version: 1,
});

export const isActive = ({ status }: Pick<Cluster, 'status'>): boolean =>
  status === 'LAUNCHING' || ACTIVE_EMR_STATES.some((state) => state === status);
export const isReady = ({ status }: Pick<Cluster, 'status'>): boolean => status === 'WAITING' || status === 'RUNNING';
export const isFailed = ({ status }: Pick<Cluster, 'status'>): boolean => status === 'TERMINATED_WITH_ERRORS';
export const isExpired = ({ expiresAt }: Pick<Cluster, 'expiresAt'>, now: Instant): boolean => expiresAt <= now;

export const isExpiringSoon = (cluster: Pick<Cluster, 'status' | 'expiresAt'>, now: Instant): boolean =>
  isActive(cluster) && cluster.expiresAt <= plusHours(now, EXPIRY_NOTICE_HOURS);

/** US dollars from EMR's start to the end, or to now while it runs. Before EMR took it nothing is billed. */
export const costSoFar = (
  { hourlyCost, startedAt, finishedAt }: Pick<Cluster, 'hourlyCost' | 'startedAt' | 'finishedAt'>,
  now: Instant,
): number => (startedAt === null ? 0 : costBetween(hourlyCost, startedAt, finishedAt ?? now));

/** @throws Conflict unless the cluster is still active and not on its way down */
export const extendedBy = (cluster: Cluster, hours: number, now: Instant): Cluster => {
  if (!isActive(cluster) || cluster.status === 'TERMINATING' || cluster.termination !== null) {
    throw new Conflict(`The cluster is ${cluster.status}; only an active cluster can be extended. Launch a new one.`);
  }
  return {
    ...cluster,
    expiresAt: plusHours(cluster.expiresAt, hours),
    lifetimeExtensionCount: cluster.lifetimeExtensionCount + 1,
    modifiedAt: now,
  };
};

/** Records who wanted the termination before EMR is asked for it. The first request stays on record. */
export const terminationRequested = (cluster: Cluster, termination: TerminationRequest): Cluster => {
  if (isFinalState(cluster.status)) throw new Conflict(`The cluster is already ${cluster.status}.`);
  return cluster.termination === null ? { ...cluster, termination, modifiedAt: termination.at } : cluster;
};

export const launchedAs = (cluster: Cluster, jobflowId: string, now: Instant): Cluster => ({
  ...cluster,
  jobflowId,
  status: cluster.status === 'LAUNCHING' ? 'STARTING' : cluster.status,
  startedAt: cluster.startedAt ?? now,
  modifiedAt: now,
});

/** The end of a launch that EMR refused, or that was given up. */
export const launchFailed = (cluster: Cluster, reason: StatusReason, now: Instant): Cluster => ({
  ...cluster,
  status: 'TERMINATED_WITH_ERRORS',
  statusReason: reason,
  finishedAt: now,
  modifiedAt: now,
});

/** The end of a cluster that somebody no longer wanted before EMR launched it. */
export const endedUnlaunched = (cluster: Cluster, now: Instant): Cluster => ({
  ...cluster,
  status: 'TERMINATED',
  statusReason: { code: 'USER_REQUEST', message: 'The cluster was ended before EMR launched it.' },
  finishedAt: now,
  modifiedAt: now,
});

/** Asked to end, and not known to be on its way down. */
export const owesTermination = ({ status, termination }: Pick<Cluster, 'status' | 'termination'>): boolean =>
  termination !== null && status !== 'TERMINATING' && !isFinalState(status);

/** EMR has taken the request to terminate. No event tells of TERMINATING, so that this is how it becomes visible. */
export const terminationTaken = (cluster: Cluster, now: Instant): Cluster =>
  mayFollow(cluster.status, 'TERMINATING') ? { ...cluster, status: 'TERMINATING', modifiedAt: now } : cluster;

/** One more sweep in which EMR's list lacked this cluster. */
export const missedBySweep = (cluster: Cluster): Cluster =>
  isFinalState(cluster.status) ? cluster : { ...cluster, missedSweeps: cluster.missedSweeps + 1 };

/**
 * Claims another launch where the first certainly came to nothing. The fresh token makes whatever the first call may
 * still bring forth an orphan, which is terminated.
 */
export const launchClaimedAgain = (cluster: Cluster, staleToken: string, runToken: string, now: Instant): Cluster =>
  cluster.status === 'LAUNCHING' && cluster.runToken === staleToken
    ? { ...cluster, runToken, missedSweeps: 0, modifiedAt: now }
    : cluster;

/** RUNNING from before the cluster was ready: an event that was overtaken by the one that it is ready. */
const isOvertaken = ({ status, readyAt }: Cluster, { state, observedAt }: EmrObservation): boolean =>
  status === 'WAITING' && state === 'RUNNING' && readyAt !== null && observedAt <= readyAt;

/** The cluster after what EMR said; the same object where that is nothing new. A final state never reverts. */
export const followingEmr = (cluster: Cluster, seen: EmrObservation, now: Instant): Cluster => {
  // News of an EMR cluster that is no longer this one's, launched under an earlier token.
  if (cluster.jobflowId !== null && cluster.jobflowId !== seen.jobflowId) return cluster;
  const moves = mayFollow(cluster.status, seen.state) && !isOvertaken(cluster, seen);
  const status = moves ? seen.state : cluster.status;
  const statusReason = moves && seen.reason !== null ? seen.reason : cluster.statusReason;
  const learnt: Cluster = {
    ...cluster,
    status,
    statusReason,
    jobflowId: cluster.jobflowId ?? seen.jobflowId,
    masterAddress: cluster.masterAddress ?? seen.masterAddress,
    startedAt: cluster.startedAt ?? seen.createdAt,
    readyAt: cluster.readyAt ?? seen.readyAt ?? (status === 'WAITING' ? seen.observedAt : null),
    finishedAt: cluster.finishedAt ?? (isFinalState(status) ? (seen.finishedAt ?? seen.observedAt) : null),
    normalizedInstanceHours: seen.normalizedInstanceHours ?? cluster.normalizedInstanceHours,
    missedSweeps: 0,
  };
  const isNews = (Object.keys(learnt) as (keyof Cluster)[]).some((key) => learnt[key] !== cluster[key]);
  return isNews ? { ...learnt, modifiedAt: now } : cluster;
};

/** Owes the owner one mail for the present expiry, from one hour before it. */
export const withExpiryMail = (cluster: Cluster, now: Instant): Cluster => {
  if (!isExpiringSoon(cluster, now) || isExpired(cluster, now) || cluster.expiryMailedFor === cluster.expiresAt)
    return cluster;
  if (cluster.termination !== null || cluster.status === 'TERMINATING') return cluster;
  return {
    ...cluster,
    expiryMailedFor: cluster.expiresAt,
    pendingMails: withMail(cluster.pendingMails, {
      id: `cluster-expires-soon-${cluster.expiresAt}`,
      kind: 'cluster-expires-soon',
      to: cluster.ownerEmail,
      since: now,
      values: { clusterId: cluster.id, identifier: cluster.identifier, expiresAt: cluster.expiresAt },
    }),
    modifiedAt: now,
  };
};
