import type { Cluster, ClusterSession } from '../../shared/domain/cluster.ts';
import type { EmrState } from '../../shared/domain/engine.ts';
import type { SessionConnections } from './session-connections.ts';

/** A session on a cluster, as EMR knows it. */
export interface ClusterSessionId {
  readonly jobflowId: string;
  readonly sessionId: string;
}

/** A session as EMR has it now. */
export interface ClusterSessionSight {
  readonly state: EmrState;
  /** EMR's words about the last change of state. */
  readonly reason: string;
}

/** Spark Connect sessions on clusters. @throws AwsThrottled, AwsFailed */
export interface ClusterSessions extends SessionConnections<ClusterSessionId> {
  /**
   * Starts the session of this claim. A repetition answers the same session, for as long as EMR remembers it.
   * @throws Conflict with EMR's reason where the cluster takes no sessions
   */
  start(cluster: Cluster, session: ClusterSession): Promise<ClusterSessionId>;
  /** The live session that an earlier request for this claim started; null if there is none. */
  find(cluster: Cluster, session: ClusterSession): Promise<ClusterSessionId | null>;
  /** Null where EMR does not know the session. */
  look(id: ClusterSessionId): Promise<ClusterSessionSight | null>;
  /** Ends a session. One that has ended, or that EMR does not know, is left alone. */
  end(id: ClusterSessionId): Promise<void>;
}
