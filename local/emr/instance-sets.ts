import type { ClusterRecord, InstanceRecord, InstanceSet } from './cluster-record.ts';
import { newAddresses, newEc2InstanceId, newInstanceId, newInstanceSetId } from './identifiers.ts';
import type { InstanceFleetConfig, InstanceGroupConfig, LaunchRequest } from './launch-request.ts';

const groupSet = (group: InstanceGroupConfig): InstanceSet => ({
  id: newInstanceSetId('group'),
  kind: 'group',
  role: group.InstanceRole,
  name: group.Name ?? null,
  instanceType: group.InstanceType,
  weight: 1,
  targetOnDemand: group.Market === 'ON_DEMAND' ? group.InstanceCount : 0,
  targetSpot: group.Market === 'SPOT' ? group.InstanceCount : 0,
  spotTimeout: null,
  request: group,
  instances: [],
});

const fleetSet = (fleet: InstanceFleetConfig): InstanceSet => {
  const spot = fleet.LaunchSpecifications?.SpotSpecification;
  // EMR picks one of the types by price and capacity; with neither here, the first stands for all.
  const type = fleet.InstanceTypeConfigs[0] ?? { InstanceType: '', WeightedCapacity: 1 };
  return {
    id: newInstanceSetId('fleet'),
    kind: 'fleet',
    role: fleet.InstanceFleetType,
    name: fleet.Name ?? null,
    instanceType: type.InstanceType,
    weight: type.WeightedCapacity,
    targetOnDemand: fleet.TargetOnDemandCapacity,
    targetSpot: fleet.TargetSpotCapacity,
    spotTimeout: spot === undefined ? null : { minutes: spot.TimeoutDurationMinutes, action: spot.TimeoutAction },
    request: fleet,
    instances: [],
  };
};

/** The instance groups or fleets a launch request asks for, nothing provisioned yet. */
export const requestedInstanceSets = ({ Instances }: LaunchRequest): InstanceSet[] => {
  if (Instances.InstanceFleets !== undefined) return Instances.InstanceFleets.map(fleetSet);
  if (Instances.InstanceGroups !== undefined) return Instances.InstanceGroups.map(groupSet);
  const master = Instances.MasterInstanceType ?? '';
  const group = (InstanceRole: 'MASTER' | 'CORE', InstanceType: string, InstanceCount: number): InstanceSet =>
    groupSet({ InstanceRole, InstanceType, InstanceCount, Market: 'ON_DEMAND' });
  const workers = (Instances.InstanceCount ?? 1) - 1;
  return [
    group('MASTER', master, 1),
    ...(workers > 0 ? [group('CORE', Instances.SlaveInstanceType ?? master, workers)] : []),
  ];
};

/** Whether a cluster cannot start before its spot capacity is there: task groups join later, fleets never do. */
export const needsSpotToStart = (set: InstanceSet): boolean =>
  set.targetSpot > 0 && (set.kind === 'fleet' || set.role !== 'TASK');

/** How to provision spot capacity: as asked, as on-demand instead, or not at all. */
export type SpotSupply = 'available' | 'onDemandInstead' | 'none';

/** Gives a cluster its instances and, with the master, its public name. */
export const provision = (cluster: ClusterRecord, spot: SpotSupply, region: string, at: number): void => {
  const instances = (units: number, weight: number, market: InstanceRecord['market']): InstanceRecord[] =>
    Array.from({ length: Math.ceil(units / weight) }, () => ({
      id: newInstanceId(),
      ec2Id: newEc2InstanceId(),
      market,
      ...newAddresses(),
      createdAt: at,
    }));
  for (const set of cluster.instanceSets) {
    const supplied = spot === 'none' ? 0 : set.targetSpot;
    set.instances = [
      ...instances(set.targetOnDemand, set.weight, 'ON_DEMAND'),
      ...instances(supplied, set.weight, spot === 'onDemandInstead' ? 'ON_DEMAND' : 'SPOT'),
    ];
  }
  const master = masterOf(cluster);
  cluster.masterPublicDnsName = master === null ? null : publicDnsName(master.publicIp, region);
};

export const masterOf = (cluster: ClusterRecord): InstanceRecord | null =>
  cluster.instanceSets.find((set) => set.role === 'MASTER')?.instances[0] ?? null;

/** EC2's names for its addresses; us-east-1 alone has its own domains. */
export const publicDnsName = (ip: string, region: string): string =>
  `ec2-${ip.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`;
export const privateDnsName = (ip: string, region: string): string =>
  `ip-${ip.replaceAll('.', '-')}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

const SIZE_FACTORS: Record<string, number> = { small: 1, medium: 2, large: 4, xlarge: 8 };
// No bare-metal type is smaller than 24xlarge by much; EMR's own number differs by type.
const METAL_FACTOR = 192;

const sizeFactor = (instanceType: string): number => {
  const size = instanceType.split('.')[1] ?? '';
  const multiple = /^(\d+)xlarge$/.exec(size);
  if (multiple !== null) return 8 * Number(multiple[1]);
  return size.startsWith('metal') ? METAL_FACTOR : (SIZE_FACTORS[size] ?? 1);
};

/** Hours of all instances so far, each begun hour whole, weighted by size (small = 1, xlarge = 8). */
export const normalizedInstanceHours = (cluster: ClusterRecord, now: number): number =>
  cluster.instanceSets
    .flatMap((set) => set.instances.map((instance) => ({ instance, factor: sizeFactor(set.instanceType) })))
    .reduce((sum, { instance, factor }) => {
      const hours = ((cluster.endedAt ?? now) - instance.createdAt) / 3_600_000;
      return sum + factor * Math.max(1, Math.ceil(hours));
    }, 0);
