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
