import * as z from 'zod';
import { instanceDescription, instanceState } from '../instance-descriptions.ts';
import { page } from '../paging.ts';
import { knownCluster, operation } from './operation.ts';

const clusterPage = z.object({ ClusterId: z.string(), Marker: z.string().optional() });

const role = z.enum(['MASTER', 'CORE', 'TASK']);

const instancesInput = clusterPage.extend({
  InstanceGroupId: z.string().optional(),
  InstanceGroupTypes: z.array(role).default([]),
  InstanceFleetId: z.string().optional(),
  InstanceFleetType: role.optional(),
  InstanceStates: z
    .array(z.enum(['AWAITING_FULFILLMENT', 'PROVISIONING', 'BOOTSTRAPPING', 'RUNNING', 'TERMINATED']))
    .default([]),
});

export const listInstances = operation(instancesInput, (input, context) => {
  const cluster = knownCluster(context, input.ClusterId);
  const setId = input.InstanceGroupId ?? input.InstanceFleetId;
  const roles = input.InstanceFleetType === undefined ? input.InstanceGroupTypes : [input.InstanceFleetType];
  const states: readonly string[] = input.InstanceStates;
  const everyone = cluster.instanceSets.flatMap((set) => set.instances);
  const wanted = cluster.instanceSets
    .filter((set) => setId === undefined || set.id === setId)
    .filter((set) => roles.length === 0 || roles.includes(set.role))
    .filter((set) => states.length === 0 || states.includes(instanceState(cluster, set)))
    .flatMap((set) => set.instances.map((instance) => ({ set, instance, rank: everyone.indexOf(instance) })));
  const { items, ...marker } = page(wanted, ({ rank }) => rank, input.Marker);
  return {
    Instances: items.map(({ set, instance }) => instanceDescription(cluster, set, instance, context.place.region)),
    ...marker,
  };
});

export const listBootstrapActions = operation(clusterPage, ({ ClusterId, Marker }, context) => {
  const { request } = knownCluster(context, ClusterId);
  const { items, ...marker } = page(
    request.BootstrapActions,
    (action) => request.BootstrapActions.indexOf(action),
    Marker,
  );
  const commands = items.map(({ Name, ScriptBootstrapAction }) => ({
    Name,
    ScriptPath: ScriptBootstrapAction.Path,
    Args: ScriptBootstrapAction.Args,
  }));
  return { BootstrapActions: commands, ...marker };
});
