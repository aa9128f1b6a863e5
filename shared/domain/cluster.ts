import { hoursOf, newlyExpiring, prolonged, withMailOfExpiry, type Expiring } from './expiring.ts';
import { secondsBetween, type Instant } from './instant.ts';
import type { LaunchTerms } from './launch-settings.ts';
import type { Person } from './person.ts';
import { DEFAULT_QUOTAS, requireLifetimeWithin } from './quota.ts';
import { claimedWorkload } from './workload.ts';

/** The home directory of a cluster: on EFS, where it outlasts the cluster, or not. */
export interface ClusterHome {
  readonly isKept: boolean;
  /** Why it is not kept although this deployment keeps homes. */
  readonly problem: string | null;
}

/** Where the deployment keeps none, and until a launch has found the person's. */
export const NO_HOME: ClusterHome = { isKept: false, problem: null };

/**
 * The one Spark Connect session of a cluster. It is claimed here before EMR is asked for it, so that two clicks, and a click after
 * a lost answer, start one.
 */
export interface ClusterSession {
  /** Client token and part of the name of the request that starts it. */
  readonly token: string;
  /** Whose it is: the next owner of the cluster gets a session of their own. */
  readonly ownerId: string;
  /** EMR's own id; null until EMR has answered. */
  readonly sessionId: string | null;
}

/** A person's cluster. Size 1 means that the master works alone. */
export interface Cluster extends Expiring {
  readonly identifier: string;
  /** Hours without work after which EMR ends the cluster; null: never. */
  readonly idleHours: number | null;
  readonly sshKeyId: string;
  /** Who launched it, where that is no longer its owner: their SSH key opens it, and it goes on counting as their cost. */
  readonly launchedBy: Pick<Person, 'id' | 'username' | 'email'> | null;
  readonly home: ClusterHome;
  /** Absent until its owner has connected to it. */
  readonly session?: ClusterSession;
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
  ...newlyExpiring(request.lifetime, now),
  id,
  ownerId: person.id,
  owner: person.username,
  ownerEmail: person.email,
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
});

/** Whose usage and budgets it counts in: a transfer moves the object, not its cost. */
export const payerOf = ({ launchedBy, ownerId, owner, ownerEmail }: Cluster) =>
  launchedBy === null
    ? { ownerId, owner, ownerEmail }
    : { ownerId: launchedBy.id, owner: launchedBy.username, ownerEmail: launchedBy.email };

/** The cluster with the home that a launch found; the same object if nothing changed. */
export const withHome = (cluster: Cluster, home: ClusterHome, now: Instant): Cluster =>
  cluster.home.isKept === home.isKept && cluster.home.problem === home.problem
    ? cluster
    : { ...cluster, home, modifiedAt: now };

/** @throws Conflict unless the cluster is active and not ending; QuotaExceeded */
export const extendedBy = (
  cluster: Cluster,
  hours: number,
  now: Instant,
  maxHours = DEFAULT_QUOTAS.clusterHours,
): Cluster => {
  const extended = prolonged(cluster, 'cluster', hours, now);
  requireLifetimeWithin(hoursOf(cluster), hours, maxHours);
  return extended;
};

/** Adds a mail about the current expiry, once, from one hour before it. */
export const withExpiryMail = (cluster: Cluster, now: Instant): Cluster => {
  const { id: clusterId, identifier, ownerEmail, expiresAt } = cluster;
  return withMailOfExpiry(
    cluster,
    {
      id: `cluster-expires-soon-${expiresAt}`,
      kind: 'cluster-expires-soon',
      to: ownerEmail,
      since: now,
      values: { clusterId, identifier, expiresAt },
    },
    now,
  );
};
