import type { Cluster, ClusterSession } from './cluster.ts';
import { hasSessions } from './emr-release-facts.ts';
import { Conflict } from './errors.ts';
import { isReady } from './expiring.ts';

/** Whether clusters of a release have sessions. */
export const offersConnect = ({ emrRelease }: Pick<Cluster, 'emrRelease'>): boolean =>
  hasSessions(emrRelease, 'cluster');

/**
 * @returns the cluster's id in EMR
 * @throws Conflict with the remedy where its release has no sessions, until it is ready, and once it is ending
 */
export const requireConnect = (cluster: Cluster): string => {
  const { emrRelease, workload } = cluster;
  if (!offersConnect(cluster))
    throw new Conflict(
      `Clusters of EMR ${emrRelease} have no Spark Connect. Launch one with a release from spark-8.0.0 on, or start a session.`,
      { emrRelease },
    );
  if (workload.emrId !== null && isReady(cluster) && workload.termination === null) return workload.emrId;
  throw new Conflict(
    `The cluster is ${workload.termination === null ? workload.status : 'being terminated'}. A client can connect while it is RUNNING or WAITING.`,
  );
};

/**
 * The cluster with a claim of a session, unless another request has made one meanwhile.
 * @param gone the session that has ended, which the claim replaces
 * @throws Conflict where the cluster is another person's by now
 */
export const sessionClaimed = (
  cluster: Cluster,
  gone: ClusterSession | undefined,
  { token, ownerId }: Pick<ClusterSession, 'token' | 'ownerId'>,
): Cluster => {
  if (cluster.ownerId !== ownerId)
    throw new Conflict(`The cluster was transferred to ${cluster.owner} a moment ago. Only its owner can connect.`);
  if (cluster.session?.token !== gone?.token) return cluster;
  return { ...cluster, session: { token, ownerId, sessionId: null } };
};

/** EMR has started the session of this claim. */
export const sessionStarted = (cluster: Cluster, token: string, sessionId: string): Cluster =>
  cluster.session?.token === token && cluster.session.sessionId !== sessionId
    ? { ...cluster, session: { ...cluster.session, sessionId } }
    : cluster;

/** Without the session of this claim, so that the next request starts another. */
export const withoutSession = (cluster: Cluster, token: string): Cluster => {
  if (cluster.session?.token !== token) return cluster;
  const { session: _ended, ...without } = cluster;
  return without;
};
