import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { blamedInstance } from '../../shared/domain/cluster-details.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { BootstrapLogs } from '../ports/cluster-details.ts';

/** @throws NotFound, also for a cluster that the person may not see; AwsThrottled, AwsFailed */
export const getBootstrapLog =
  ({ bootstrapLogs, ...lookup }: ClusterLookup & { readonly bootstrapLogs: BootstrapLogs }) =>
  async (
    { id, instance: wanted }: RouteInput<Routes['getBootstrapLog']>,
    person: Person,
  ): Promise<RouteOutput<Routes['getBootstrapLog']>> => {
    const { cluster } = await permittedCluster(lookup, id, person, 'view');
    const instances = [...(await bootstrapLogs.instances(cluster))];
    const blamed = blamedInstance(cluster.workload);
    const instance = wanted ?? instances.find((one) => one === blamed) ?? instances[0] ?? null;
    return { instances, instance, logs: instance === null ? [] : [...(await bootstrapLogs.of(cluster, instance))] };
  };
