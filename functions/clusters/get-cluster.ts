import type { ClusterView } from '../../shared/contract/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { ToClusterView } from './cluster-view.ts';

/** @throws NotFound, also for a cluster that the person may not see */
export const getCluster =
  ({ toView, ...lookup }: ClusterLookup & { readonly toView: ToClusterView }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const { cluster, grants } = await permittedCluster(lookup, id, person, 'view');
    return toView(cluster, person, grants);
  };
