import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { ClusterDetails } from '../ports/cluster-details.ts';

interface ClusterDetailsDependencies extends ClusterLookup {
  readonly details: ClusterDetails;
}

/** @throws NotFound, also for a cluster that the person may not see; AwsThrottled, AwsFailed */
export const getClusterSteps =
  ({ details, ...lookup }: ClusterDetailsDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<RouteOutput<Routes['getClusterSteps']>> => {
    const { cluster } = await permittedCluster(lookup, id, person, 'view');
    const { items, isWhole } = await details.steps(cluster);
    return { steps: [...items], isWhole };
  };

/** @throws NotFound, also for a cluster that the person may not see; AwsThrottled, AwsFailed */
export const getClusterInstances =
  ({ details, ...lookup }: ClusterDetailsDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<RouteOutput<Routes['getClusterInstances']>> => {
    const { cluster } = await permittedCluster(lookup, id, person, 'view');
    const { items, isWhole } = await details.instances(cluster);
    return { instances: [...items], isWhole };
  };
