import type { GrantsView } from '../../shared/contract/grants.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { Sharing } from '../access/sharing.ts';

/** @throws NotFound */
export const getClusterGrants =
  ({ sharing, ...lookup }: ClusterLookup & { readonly sharing: Pick<Sharing, 'view'> }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<GrantsView> => {
    await permittedCluster(lookup, id, person, 'view');
    return sharing.view({ kind: 'cluster', id });
  };
