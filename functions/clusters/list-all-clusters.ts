import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { isIn, isNarrowed, readEverybodys, type KeptExpiring } from '../access/expiring-lists.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { ClusterFilter, ClusterRepository } from '../ports/cluster-repository.ts';
import type { ToClusterView } from './cluster-view.ts';
import { SEARCHABLE_CLUSTERS } from './list-clusters.ts';

type Route = Routes['listAllClusters'];

interface ListAllClustersDependencies {
  readonly clusters: Pick<ClusterRepository, 'list'>;
  readonly kept: KeptExpiring<Cluster, ClusterFilter>;
  readonly toView: ToClusterView;
}

/** Of everybody, for admins. Filtered by owner or release, the newest ten thousand of the status are read. */
export const listAllClusters =
  ({ clusters, kept, toView }: ListAllClustersDependencies) =>
  async ({ status, owner, emrRelease, ...request }: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    const narrowed = { owner, emrRelease };
    const page = await searchedPage(readEverybodys(clusters, status), request, SEARCHABLE_CLUSTERS, {
      kept: kept(status),
      ...(isNarrowed(narrowed) && { wanted: isIn(narrowed) }),
    });
    return { ...page, items: page.items.map(({ item }) => toView(item, person, [])) };
  };
