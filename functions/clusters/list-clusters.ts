import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import { isAdmin, type Person } from '../../shared/domain/person.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ToClusterView } from './cluster-view.ts';

type Route = Routes['listClusters'];

/** @throws Forbidden if a person who is not an admin asks for the clusters of all people */
export const listClusters =
  ({ clusters, toView }: { readonly clusters: ClusterRepository; readonly toView: ToClusterView }) =>
  async ({ status, owner, limit, cursor }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    if (owner === 'all' && !isAdmin(person)) throw new Forbidden('Only admins may list the clusters of all people.');
    const page = await clusters.list(status, owner === 'all' ? null : person.id, { limit, cursor });
    return { items: page.items.map((cluster) => toView(cluster, person, [])), cursor: page.cursor };
  };
