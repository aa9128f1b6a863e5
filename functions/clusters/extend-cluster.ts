import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { extendedBy } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ToClusterView } from './cluster-view.ts';

interface ExtendClusterDependencies extends ClusterLookup {
  readonly toView: ToClusterView;
  readonly clock: Clock;
}

/** @throws NotFound, Forbidden; Conflict unless the cluster is active and not on its way down; QuotaExceeded */
export const extendCluster =
  ({ toView, clock, ...lookup }: ExtendClusterDependencies) =>
  async ({ id, hours }: { readonly id: string; readonly hours: number }, person: Person): Promise<ClusterView> => {
    const { grants } = await permittedCluster(lookup, id, person, 'manage');
    const extended = await lookup.clusters.change(id, (cluster) => extendedBy(cluster, hours, clock.now()));
    return toView(extended, person, grants);
  };
