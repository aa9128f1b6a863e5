import { actOf } from '../../shared/domain/audit.ts';
import type { Cluster, ClusterSession } from '../../shared/domain/cluster.ts';
import { sessionClaimed, sessionStarted, withoutSession } from '../../shared/domain/cluster-session.ts';
import { endingOf, phaseOfState } from '../../shared/domain/engine.ts';
import { Conflict, NotReady } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ClusterSessionId, ClusterSessions } from '../ports/cluster-sessions.ts';
import type { Clock } from '../runtime/clock.ts';
import { endClusterSession } from './end-cluster-session.ts';

export interface SessionOfClusterDependencies {
  readonly clusters: Pick<ClusterRepository, 'change'>;
  readonly clusterSessions: ClusterSessions;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly newRunToken: () => string;
}

const starting = (): NotReady =>
  new NotReady('EMR is starting a Spark session on the cluster, which takes about a minute. Try again in a moment.');

/** The ready session of a ready cluster; starts one where there is none. */
export const sessionOfCluster = ({
  clusters,
  clusterSessions: sessions,
  audit,
  clock,
  newRunToken,
}: SessionOfClusterDependencies) => {
  const record = ({ id, identifier }: Cluster, person: Caller): Promise<void> => {
    const act = { action: 'cluster.start-session', object: { kind: 'cluster', id }, detail: { identifier } } as const;
    return audit.record(actOf(person, act, clock.now()));
  };

  /** @throws Conflict where the cluster was transferred meanwhile: its session must not stay */
  const keep = async ({ id }: Cluster, { token }: ClusterSession, started: ClusterSessionId): Promise<void> => {
    const kept = await clusters.change(id, (current) => sessionStarted(current, token, started.sessionId));
    if (kept.session?.token === token) return;
    await sessions.end(started);
    throw new Conflict('The cluster was changed by another request meanwhile. Try again.');
  };

  const begin = async (cluster: Cluster, gone: ClusterSession | undefined, person: Caller): Promise<void> => {
    await record(cluster, person);
    const claim = { token: newRunToken(), ownerId: person.id };
    const claimed = await clusters.change(cluster.id, (current) => sessionClaimed(current, gone, claim));
    // Another request's claim stands: it asks EMR itself, and with the same token nothing is started twice.
    if (claimed.session?.token !== claim.token) return;
    await keep(claimed, claimed.session, await sessions.start(claimed, claimed.session));
  };

  /** Of a claim whose answer was lost. EMR does not say how long it remembers a client token: it is asked for the session first. */
  const beginAgain = async (cluster: Cluster, session: ClusterSession): Promise<void> =>
    keep(cluster, session, (await sessions.find(cluster, session)) ?? (await sessions.start(cluster, session)));

  /**
   * Null where the session has ended.
   * @throws NotReady until it is started; Conflict with EMR's reason, once, where it failed
   */
  const readySession = async (
    cluster: Cluster,
    jobflowId: string,
    session: ClusterSession,
  ): Promise<ClusterSessionId | null> => {
    if (session.sessionId === null) {
      await beginAgain(cluster, session);
      throw starting();
    }
    const id = { jobflowId, sessionId: session.sessionId };
    const seen = await sessions.look(id);
    if (seen === null) return null;
    const phase = phaseOfState('connect', seen.state);
    if (phase === 'running') return id;
    if (phase === 'starting') throw starting();
    if (endingOf('connect', seen.state, null) !== 'failed') return null;
    await clusters.change(cluster.id, (current) => withoutSession(current, session.token));
    throw new Conflict(`The Spark session on the cluster failed: ${seen.reason} Connect again to start another.`);
  };

  /**
   * @param jobflowId of the cluster
   * @throws NotReady until it is started; Conflict with EMR's reason where there can be none; AwsThrottled, AwsFailed
   */
  return async (cluster: Cluster, jobflowId: string, person: Caller): Promise<ClusterSessionId> => {
    const { session } = cluster;
    if (session?.ownerId === person.id) {
      const id = await readySession(cluster, jobflowId, session);
      if (id !== null) return id;
    } else if (session !== undefined) {
      await endClusterSession(sessions, cluster, session);
    }
    await begin(cluster, session, person);
    throw starting();
  };
};
