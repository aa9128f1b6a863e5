import type { Cluster, ClusterSession } from '../../shared/domain/cluster.ts';
import type { ClusterSessions } from '../ports/cluster-sessions.ts';

/** Ends the session of an owner who no longer is: their token would open it for another hour. @throws AwsThrottled, AwsFailed */
export const endClusterSession = async (
  sessions: Pick<ClusterSessions, 'find' | 'end'>,
  cluster: Cluster,
  session: ClusterSession,
): Promise<void> => {
  const { sessionId } = session;
  const jobflowId = cluster.workload.emrId ?? '';
  const id = sessionId === null ? await sessions.find(cluster, session) : { jobflowId, sessionId };
  if (id !== null) await sessions.end(id);
};
