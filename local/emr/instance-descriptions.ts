import { hasEnded, type ClusterRecord, type InstanceRecord, type InstanceSet } from './cluster-record.ts';
import { epochSeconds, present, type Wire } from './descriptions.ts';
import { privateDnsName, publicDnsName } from './instance-sets.ts';

type InstanceState = 'PROVISIONING' | 'BOOTSTRAPPING' | 'RUNNING' | 'TERMINATING' | 'TERMINATED';

const setState = (cluster: ClusterRecord, set: InstanceSet): InstanceState => {
  if (hasEnded(cluster)) return 'TERMINATED';
  if (cluster.state === 'TERMINATING') return 'TERMINATING';
  if (cluster.state === 'STARTING' || set.instances.length === 0) return 'PROVISIONING';
  return cluster.state === 'BOOTSTRAPPING' ? 'BOOTSTRAPPING' : 'RUNNING';
};

const status = (cluster: ClusterRecord, state: InstanceState, createdAt: number): Wire => ({
  State: state,
  StateChangeReason:
    state === 'TERMINATED' ? { Code: 'CLUSTER_TERMINATED', Message: 'Job flow terminated' } : { Message: '' },
  Timeline: present({
    CreationDateTime: epochSeconds(createdAt),
    ReadyDateTime: cluster.readyAt === null ? null : epochSeconds(cluster.readyAt),
    EndDateTime: cluster.endedAt === null ? null : epochSeconds(cluster.endedAt),
  }),
});

const live = (cluster: ClusterRecord, set: InstanceSet): readonly InstanceRecord[] =>
  hasEnded(cluster) ? [] : set.instances;

/** A group as ListInstanceGroups shows it. */
export const instanceGroupDescription = (cluster: ClusterRecord, set: InstanceSet): Wire =>
  present({
    Id: set.id,
    Name: set.name,
    Market: set.request['Market'],
    InstanceGroupType: set.role,
    BidPrice: set.request['BidPrice'],
    InstanceType: set.instanceType,
    RequestedInstanceCount: set.targetOnDemand + set.targetSpot,
    RunningInstanceCount: live(cluster, set).length,
    Status: status(cluster, setState(cluster, set), cluster.createdAt),
    Configurations: set.request['Configurations'] ?? [],
    EbsBlockDevices: [],
    ShrinkPolicy: {},
  });

/** A fleet as ListInstanceFleets shows it. */
export const instanceFleetDescription = (cluster: ClusterRecord, set: InstanceSet): Wire => {
  const units = (market: InstanceRecord['market']): number =>
    live(cluster, set).filter((instance) => instance.market === market).length * set.weight;
  const types = set.request['InstanceTypeConfigs'];
  return present({
    Id: set.id,
    Name: set.name,
    Status: status(cluster, setState(cluster, set), cluster.createdAt),
    InstanceFleetType: set.role,
    TargetOnDemandCapacity: set.targetOnDemand,
    TargetSpotCapacity: set.targetSpot,
    ProvisionedOnDemandCapacity: units('ON_DEMAND'),
    ProvisionedSpotCapacity: units('SPOT'),
    InstanceTypeSpecifications: Array.isArray(types) ? types.map(instanceTypeSpecification) : [],
    LaunchSpecifications: set.request['LaunchSpecifications'],
  });
};

const instanceTypeSpecification = ({ EbsConfiguration: _ebs, ...config }: Wire): Wire => ({
  ...config,
  EbsBlockDevices: [],
});

/** An instance as ListInstances shows it. */
export const instanceDescription = (
  cluster: ClusterRecord,
  set: InstanceSet,
  instance: InstanceRecord,
  region: string,
): Wire => ({
  Id: instance.id,
  Ec2InstanceId: instance.ec2Id,
  PublicDnsName: publicDnsName(instance.publicIp, region),
  PublicIpAddress: instance.publicIp,
  PrivateDnsName: privateDnsName(instance.privateIp, region),
  PrivateIpAddress: instance.privateIp,
  Status: status(cluster, instanceState(cluster, set), instance.createdAt),
  ...(set.kind === 'group' ? { InstanceGroupId: set.id } : { InstanceFleetId: set.id }),
  Market: instance.market,
  InstanceType: set.instanceType,
  EbsVolumes: [],
});

/** Instances know no TERMINATING: they run until they are gone. */
export const instanceState = (cluster: ClusterRecord, set: InstanceSet): InstanceState => {
  const state = setState(cluster, set);
  return state === 'TERMINATING' ? 'RUNNING' : state;
};
