import { missedBySweep } from '../../shared/domain/cluster.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { FollowCluster } from './follow-cluster.ts';
import type { RelaunchCluster } from './relaunch-cluster.ts';
import type { ReadFollowed } from './followed.ts';

interface FollowedClustersDependencies {
  readonly clusters: ClusterRepository;
  readonly followCluster: FollowCluster;
  readonly relaunchCluster: RelaunchCluster;
}

/** Every active cluster, for the sweep. */
export const followedClusters =
  ({ clusters, followCluster, relaunchCluster }: FollowedClustersDependencies): ReadFollowed =>
  async () =>
    (await clusters.active()).map((cluster) => ({
      id: cluster.id,
      jobflowId: cluster.jobflowId,
      runToken: cluster.runToken,
      since: cluster.createdAt,
      missedSweeps: cluster.missedSweeps,
      observe: (seen) => followCluster(cluster, seen),
      miss: () => clusters.change(cluster.id, missedBySweep),
      relaunch: () => relaunchCluster(cluster),
    }));
