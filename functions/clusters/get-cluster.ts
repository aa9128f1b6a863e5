import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { requireOnCluster, type ToClusterView } from './cluster-view.ts';

/** @throws NotFound, also for a cluster that the person may not see */
export const getCluster =
  ({ clusters, toView }: { readonly clusters: ClusterRepository; readonly toView: ToClusterView }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const cluster = await clusters.get(id);
    requireOnCluster('view', cluster, person);
    return toView(cluster, person);
  };
