import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { searchedPage } from '../access/searched-list.ts';
import { isOwnedBy } from '../../shared/domain/search.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ToClusterView } from './cluster-view.ts';
import { SEARCHABLE_CLUSTERS } from './list-clusters.ts';

type Route = Routes['listAllClusters'];

interface ListAllClustersDependencies {
  readonly clusters: Pick<ClusterRepository, 'list'>;
  readonly toView: ToClusterView;
}

/** Of everybody, for admins. Filtered by owner or release, the newest thousand of the status are read. */
export const listAllClusters =
  ({ clusters, toView }: ListAllClustersDependencies) =>
  async ({ status, owner, emrRelease, ...request }: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    const isFiltered = owner !== undefined || emrRelease !== undefined;
    const page = await searchedPage(
      async (part) => {
        const { items, cursor } = await clusters.list(status, null, part);
        const wanted = items.filter(
          (cluster) => isOwnedBy(cluster, owner) && (emrRelease === undefined || cluster.emrRelease === emrRelease),
        );
        return { items: wanted.map((item) => ({ item, grants: [] })), cursor };
      },
      { ...request, sort: request.sort ?? (isFiltered ? SEARCHABLE_CLUSTERS.byDefault : undefined) },
      SEARCHABLE_CLUSTERS,
    );
    return { ...page, items: page.items.map(({ item }) => toView(item, person, [])) };
  };
