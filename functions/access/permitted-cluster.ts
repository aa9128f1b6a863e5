import type { ObjectPermission } from '../../shared/domain/access.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import { permittingGrants } from './permitted-object.ts';

export interface ClusterLookup {
  readonly clusters: ClusterRepository;
  readonly grants: Pick<GrantRepository, 'on'>;
}

/** A cluster with the grants that the person's permissions follow from; none for its owner and for admins. */
export interface PermittedCluster {
  readonly cluster: Cluster;
  readonly grants: readonly Grant[];
}

/** @throws NotFound if the person may not see the cluster, Forbidden if they may see it but not do this */
export const permittedCluster = async (
  { clusters, grants }: ClusterLookup,
  id: string,
  person: Person,
  permission: ObjectPermission,
): Promise<PermittedCluster> => {
  const cluster = await clusters.get(id);
  const wanted = { object: cluster, kind: 'cluster', permission, namedBy: id } as const;
  return { cluster, grants: await permittingGrants(grants, wanted, person) };
};
