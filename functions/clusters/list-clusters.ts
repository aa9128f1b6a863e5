import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { ClusterSortField } from '../../shared/contract/routes/clusters.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import { searchedPage } from '../access/searched-list.ts';
import { readFor } from '../access/expiring-lists.ts';
import type { Listed } from '../access/shared-list.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { ToClusterView } from './cluster-view.ts';

type Route = Routes['listClusters'];

interface ListClustersDependencies {
  readonly clusters: Pick<ClusterRepository, 'list' | 'listAfter' | 'findIn'>;
  readonly grants: Pick<GrantRepository, 'heldBy'>;
  readonly toView: ToClusterView;
}

export const SEARCHABLE_CLUSTERS: Searchable<Listed<Cluster>, ClusterSortField> = {
  idOf: ({ item }) => item.id,
  textsOf: ({ item }) => [item.identifier, item.owner],
  fields: {
    identifier: ({ item }) => item.identifier,
    owner: ({ item }) => item.owner,
    size: ({ item }) => item.size,
    status: ({ item }) => item.workload.status,
    emrRelease: ({ item }) => item.emrRelease,
    createdAt: ({ item }) => item.createdAt,
    expiresAt: ({ item }) => item.expiresAt,
    finishedAt: ({ item }) => item.workload.finishedAt,
  },
  byDefault: '-createdAt',
};

/** @throws Forbidden if a person who is not an admin asks for the clusters of all people */
export const listClusters =
  ({ clusters, grants, toView }: ListClustersDependencies) =>
  async ({ status, owner, ...request }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const read = readFor({ kind: 'cluster', repository: clusters, grants }, { status, owner }, person);
    const page = await searchedPage(read, request, SEARCHABLE_CLUSTERS);
    return { ...page, items: page.items.map(({ item, grants: held }) => toView(item, person, held)) };
  };
