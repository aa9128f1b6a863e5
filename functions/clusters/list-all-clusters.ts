import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { searchedPage } from '../access/searched-list.ts';
import { isNarrowed, readEverybodys } from '../access/expiring-lists.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ToClusterView } from './cluster-view.ts';
import { SEARCHABLE_CLUSTERS } from './list-clusters.ts';

type Route = Routes['listAllClusters'];

interface ListAllClustersDependencies {
  readonly clusters: Pick<ClusterRepository, 'list'>;
  readonly toView: ToClusterView;
}

/** Of everybody, for admins. Filtered by owner or release, the newest ten thousand of the status are read. */
export const listAllClusters =
  ({ clusters, toView }: ListAllClustersDependencies) =>
  async ({ status, owner, emrRelease, ...request }: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    const byDefault = isNarrowed({ owner, emrRelease }) ? SEARCHABLE_CLUSTERS.byDefault : undefined;
    const page = await searchedPage(
      readEverybodys(clusters, { status, owner, emrRelease }),
      { ...request, sort: request.sort ?? byDefault },
      SEARCHABLE_CLUSTERS,
    );
    return { ...page, items: page.items.map(({ item }) => toView(item, person, [])) };
  };
