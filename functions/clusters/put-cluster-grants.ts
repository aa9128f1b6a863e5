import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedCluster } from '../../shared/domain/shared-objects.ts';
import { changeSharing, type ChangeSharingDependencies } from '../access/change-sharing.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';

type PutClusterGrantsDependencies = ClusterLookup & ChangeSharingDependencies;

/** Replaces the whole list. @throws NotFound, Forbidden; InvalidInput naming entries */
export const putClusterGrants =
  (deps: PutClusterGrantsDependencies) =>
  async ({ id, grants }: RouteInput<Routes['putClusterGrants']>, person: Caller): Promise<GrantsView> => {
    const { cluster } = await permittedCluster(deps, id, person, 'share');
    const { identifier, ownerId } = cluster;
    const object = { kind: 'cluster', id } as const;
    return changeSharing(deps)(
      { shared: sharedCluster(cluster), ownerId, grants, action: 'cluster.share', object, named: { identifier } },
      person,
    );
  };
