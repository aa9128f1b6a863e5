import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { extendedBy } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { requireOnCluster, type ToClusterView } from './cluster-view.ts';

interface ExtendClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly toView: ToClusterView;
  readonly clock: Clock;
}

/** @throws NotFound, Forbidden; Conflict unless the cluster is active and not on its way down; QuotaExceeded */
export const extendCluster =
  ({ clusters, toView, clock }: ExtendClusterDependencies) =>
  async ({ id, hours }: { readonly id: string; readonly hours: number }, person: Person): Promise<ClusterView> => {
    const extended = await clusters.change(id, (cluster) => {
      requireOnCluster('manage', cluster, person);
      return extendedBy(cluster, hours, clock.now());
    });
    return toView(extended, person);
  };
