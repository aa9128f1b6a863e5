import { Conflict } from './errors.ts';
import { HOUR_MS, plusHours, secondsBetween, type Instant } from './instant.ts';
import type { LaunchTerms } from './launch-settings.ts';
import { withMail, type OutboxMail } from './mail.ts';
import type { Person } from './person.ts';
import { DEFAULT_QUOTAS, requireLifetimeWithin } from './quota.ts';
import { claimedWorkload, endingOfWorkload, isEnded, needsTermination, phaseOf, type Workload } from './workload.ts';

/** Time before the expiry at which the owner is mailed. */
export const EXPIRY_NOTICE_HOURS = 1;

/** The home directory of a cluster: on EFS, where it outlasts the cluster, or not. */
export interface ClusterHome {
  readonly isKept: boolean;
  /** Why it is not kept although this deployment keeps homes. */
  readonly problem: string | null;
}

/** Where the deployment keeps none, and until a launch has found the person's. */
export const NO_HOME: ClusterHome = { isKept: false, problem: null };

/** A person's cluster. */
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
  /** Hours without work after which EMR ends the cluster; null: never. */
  readonly idleHours: number | null;
  readonly sshKeyId: string;
  /** Who launched it, where that is no longer its owner: their SSH key opens it, and it goes on counting as their cost. */
  readonly launchedBy: Pick<Person, 'id' | 'username' | 'email'> | null;
  readonly emrRelease: string;
  readonly home: ClusterHome;
  readonly workload: Workload;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** The expiry time of the last mail to the owner. */
  readonly expiryMailedFor: Instant | null;
  readonly outbox: readonly OutboxMail[];
  /** When its whole usage was added up; null while there is something to add, and where EMR never had it. */
  readonly usageClosedAt: Instant | null;
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
  readonly idleHours: number | null;
}

interface NewCluster {
  readonly id: string;
  readonly person: Person;
  readonly now: Instant;
  readonly runToken: string;
  readonly terms: LaunchTerms;
  /** Its slot; left out: now. */
  readonly launchDueAt?: Instant;
}

/** A person's request waits this long for its slot; after that, the upkeep launches the cluster. */
const PATIENCE_SECONDS = 5;

/** The cluster as claimed, before EMR is asked to launch it; the same request asks if its slot is near. */
export const plannedCluster = (
  request: ClusterRequest,
  { id, person, now, runToken, terms, launchDueAt = now }: NewCluster,
): Cluster => ({
  ...request,
  id,
  ownerId: person.id,
  owner: person.username,
  ownerEmail: person.email,
  lifetimeExtensionCount: 0,
  home: NO_HOME,
  launchedBy: null,
  workload: claimedWorkload({
    engine: 'cluster',
    use: 'interactive',
    runToken,
    claimedAt: now,
    launchDueAt,
    launchAttemptedAt: secondsBetween(now, launchDueAt) < PATIENCE_SECONDS ? now : null,
    ...terms,
  }),
  createdAt: now,
  expiresAt: plusHours(now, request.lifetime),
  expiryMailedFor: null,
  outbox: [],
  usageClosedAt: null,
  modifiedAt: now,
  version: 1,
});

/** Whose usage and budgets it counts in: a transfer moves the object, not its cost. */
export const payerOf = ({ launchedBy, ownerId, owner, ownerEmail }: Cluster) =>
  launchedBy === null
    ? { ownerId, owner, ownerEmail }
    : { ownerId: launchedBy.id, owner: launchedBy.username, ownerEmail: launchedBy.email };

type Held = Pick<Cluster, 'workload'>;

export const isActive = ({ workload }: Held): boolean => !isEnded(workload);
export const isReady = ({ workload }: Held): boolean => phaseOf(workload) === 'running';
export const isFailed = ({ workload }: Held): boolean => endingOfWorkload(workload) === 'failed';
export const isExpired = ({ expiresAt }: Pick<Cluster, 'expiresAt'>, now: Instant): boolean => expiresAt <= now;

/** Whether the expiry of an active cluster is near enough to tell its owner. */
export const isExpiringSoon = ({ expiresAt }: Pick<Cluster, 'expiresAt'>, now: Instant): boolean =>
  expiresAt <= plusHours(now, EXPIRY_NOTICE_HOURS);

export const isGoingDown = ({ workload }: Held): boolean =>
  workload.termination !== null || phaseOf(workload) === 'ending';

/** The cluster after a transition of its workload; the same object if nothing changed. */
export const withWorkload = (cluster: Cluster, change: (workload: Workload) => Workload, now: Instant): Cluster => {
  const workload = change(cluster.workload);
  return workload === cluster.workload ? cluster : { ...cluster, workload, modifiedAt: now };
};

/** The cluster with the home that a launch found; the same object if nothing changed. */
export const withHome = (cluster: Cluster, home: ClusterHome, now: Instant): Cluster =>
  cluster.home.isKept === home.isKept && cluster.home.problem === home.problem
    ? cluster
    : { ...cluster, home, modifiedAt: now };

/** The cluster has expired, or its recorded termination was not yet accepted by EMR. */
export const isToTerminate = (cluster: Cluster, now: Instant): boolean =>
  needsTermination(cluster.workload) || (isActive(cluster) && isExpired(cluster, now));

/** @throws Conflict unless the cluster is active and not ending; QuotaExceeded */
export const extendedBy = (
  cluster: Cluster,
  hours: number,
  now: Instant,
  maxHours = DEFAULT_QUOTAS.clusterHours,
): Cluster => {
  if (!isActive(cluster) || isGoingDown(cluster)) {
    const { status } = cluster.workload;
    throw new Conflict(`The cluster is ${status}. Only an active cluster can be extended. Launch a new one.`);
  }
  requireLifetimeWithin((Date.parse(cluster.expiresAt) - Date.parse(cluster.createdAt)) / HOUR_MS, hours, maxHours);
  return {
    ...cluster,
    expiresAt: plusHours(cluster.expiresAt, hours),
    lifetimeExtensionCount: cluster.lifetimeExtensionCount + 1,
    modifiedAt: now,
  };
};

/** Adds a mail about the current expiry, once, from one hour before it. */
export const withExpiryMail = (cluster: Cluster, now: Instant): Cluster => {
  const isDue = isActive(cluster) && isExpiringSoon(cluster, now) && !isExpired(cluster, now) && !isGoingDown(cluster);
  if (!isDue || cluster.expiryMailedFor === cluster.expiresAt) return cluster;
  return {
    ...cluster,
    expiryMailedFor: cluster.expiresAt,
    outbox: withMail(cluster.outbox, {
      id: `cluster-expires-soon-${cluster.expiresAt}`,
      kind: 'cluster-expires-soon',
      to: cluster.ownerEmail,
      since: now,
      values: { clusterId: cluster.id, identifier: cluster.identifier, expiresAt: cluster.expiresAt },
    }),
    modifiedAt: now,
  };
};
