import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { requireOnCluster, type PresentCluster } from './cluster-view.ts';

/** @throws NotFound, also for a cluster that the person may not see */
export const getCluster =
  ({ clusters, present }: { readonly clusters: ClusterRepository; readonly present: PresentCluster }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const cluster = await clusters.get(id);
    requireOnCluster('view', cluster, person);
    return present(cluster, person);
  };
