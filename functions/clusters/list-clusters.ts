import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import { searchedPage } from '../access/searched-list.ts';
import { readFor, searchableExpiring } from '../access/expiring-lists.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { ToClusterView } from './cluster-view.ts';

type Route = Routes['listClusters'];

interface ListClustersDependencies {
  readonly clusters: Pick<ClusterRepository, 'list' | 'listAfter' | 'findIn'>;
  readonly grants: Pick<GrantRepository, 'heldBy'>;
  readonly toView: ToClusterView;
}

export const SEARCHABLE_CLUSTERS = searchableExpiring<Cluster, 'identifier'>(
  'identifier',
  ({ identifier }) => identifier,
);

/** @throws Forbidden if a person who is not an admin asks for the clusters of all people */
export const listClusters =
  ({ clusters, grants, toView }: ListClustersDependencies) =>
  async ({ status, owner, ...request }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const read = readFor({ kind: 'cluster', repository: clusters, grants }, { status, owner }, person);
    const page = await searchedPage(read, request, SEARCHABLE_CLUSTERS);
    return { ...page, items: page.items.map(({ item, grants: held }) => toView(item, person, held)) };
  };
