import { hasEnded, newlySubmitted } from '../connect/connect-session.ts';
import type { SessionHost } from '../connect/session-host.ts';
import { sessionLife, type SessionLife } from '../connect/session-life.ts';
import type { ClusterRecord } from './cluster-record.ts';
import type { EventContext } from './events.ts';
import { newSessionId } from './identifiers.ts';
import type { SessionRecord, StartSessionRequest } from './session-record.ts';

/** How long a session takes to start without Spark, and to end: about half a minute with EMR. */
const SECONDS = { start: 2, end: 1 } as const;

/** Spark Connect sessions on clusters: each a Spark of its own, which ends with its cluster. */
export interface ClusterSessions extends Pick<
  SessionLife<SessionRecord>,
  'access' | 'terminate' | 'onAlarm' | 'resume' | 'close'
> {
  start(cluster: ClusterRecord, request: StartSessionRequest): SessionRecord;
  /** Those of a cluster, newest first. */
  of(cluster: ClusterRecord): SessionRecord[];
  /** Whether a cluster works for one: it is not idle then. */
  areLive(cluster: ClusterRecord): boolean;
  /** Ends those of a cluster that ends. */
  endAll(cluster: ClusterRecord, at: number): void;
  /** Whether a process of one is still there. */
  areRunning(cluster: ClusterRecord): boolean;
  /** Resolves when no Spark of a cluster's sessions is running any more. */
  gone(cluster: ClusterRecord): Promise<unknown>;
  /** Forgets those of a cluster that is forgotten. */
  forget(cluster: ClusterRecord): void;
}

export interface SessionContext extends SessionHost<SessionRecord> {
  readonly place: EventContext;
}

/** As on EMR, a session without a role of its own acts with that of its cluster's instances. */
const roleOf = ({ request }: ClusterRecord, { accountId }: EventContext): string =>
  `arn:aws:iam::${accountId}:role/${request.JobFlowRole ?? ''}`;

export const clusterSessions = (
  context: SessionContext,
  clusterOf: (session: SessionRecord) => ClusterRecord | null,
): ClusterSessions => {
  const { executions, place, sessions } = context;

  const life = sessionLife<SessionRecord>(context, {
    seconds: () => SECONDS,
    idleMinutes: ({ request }) => request.SessionIdleTimeoutInMinutes,
    executable(session) {
      const { id, clusterId, releaseLabel, request } = session;
      const cluster = clusterOf(session);
      const roleArn = request.ExecutionRoleArn ?? (cluster === null ? '' : roleOf(cluster, place));
      return { id, releaseLabel, roleArn, shownWith: clusterId };
    },
    plannedFailure: () => null,
    isAuthorizedById: true,
    onEnded() {},
  });

  const of = ({ id }: ClusterRecord): SessionRecord[] => sessions.all().filter(({ clusterId }) => clusterId === id);
  const live = (cluster: ClusterRecord): SessionRecord[] => of(cluster).filter((session) => !hasEnded(session));

  return {
    ...life,
    of,
    start(cluster, request) {
      const at = Date.now();
      const session: SessionRecord = {
        ...newlySubmitted(at),
        id: newSessionId(),
        sequence: sessions.nextSequence(),
        clusterId: cluster.id,
        releaseLabel: cluster.request.ReleaseLabel ?? '',
        request,
        alarms: [],
      };
      life.enter(session, 'SUBMITTED', at);
      life.begin(session, at);
      return session;
    },
    areLive: (cluster) => live(cluster).length > 0,
    endAll(cluster, at) {
      for (const session of live(cluster)) life.terminate(session, at, 'The cluster is terminating.');
    },
    areRunning: (cluster) => of(cluster).some(({ id }) => executions.isRunning(id)),
    gone: (cluster) => executions.gone(of(cluster).map(({ id }) => id)),
    forget(cluster) {
      for (const { id } of of(cluster)) sessions.remove(id);
    },
  };
};
