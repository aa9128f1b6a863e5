import { runTimeTags } from '../../shared/contract/run-time-resources.ts';
import { localArn } from '../resource-names.ts';
import type { EmrNetwork } from './emr-network.ts';
import type { PortalFunction } from './portal-function.ts';
import { tagConditions } from './tag-conditions.ts';

interface HomeDirectoriesProps {
  readonly environment: string;
  readonly network: EmrNetwork;
}

const FILE_SYSTEMS = localArn('elasticfilesystem', 'file-system/*');
const GROUPS = localArn('ec2', 'security-group/*');
const INTERFACES = localArn('ec2', 'network-interface/*');
const wildcard = 'EFS chooses the ids of file systems; the tags that the portal gives to its own are the limit.';

/**
 * Home directories: an EFS file system of each person, made by the portal at the first launch. Nodes need no permission: a file system
 * without a policy lets in who reaches its mount targets, which are in the group of the person's own clusters.
 */
export class HomeDirectories {
  private readonly network: EmrNetwork;
  private readonly tags: Readonly<Record<string, string>>;

  constructor({ environment, network }: HomeDirectoriesProps) {
    this.network = network;
    this.tags = runTimeTags(environment);
  }

  /** Makes a person's file system, encrypted and with the portal's tags, and mounts it in the stage's subnets. */
  grantMount(fn: PortalFunction): void {
    const requested = tagConditions('RequestTag', this.tags);
    const ours = { StringEquals: tagConditions('ResourceTag', this.tags) };
    this.grantSee(fn);
    fn.permit({
      actions: ['elasticfilesystem:CreateFileSystem'],
      resources: [FILE_SYSTEMS],
      conditions: { StringEquals: requested, Bool: { 'elasticfilesystem:Encrypted': 'true' } },
      wildcard,
    });
    fn.permit({
      actions: ['elasticfilesystem:TagResource'],
      resources: [FILE_SYSTEMS],
      conditions: { StringEquals: { 'elasticfilesystem:CreateAction': 'CreateFileSystem', ...requested } },
      wildcard,
    });
    fn.permit({
      actions: ['elasticfilesystem:TagResource'],
      resources: [FILE_SYSTEMS],
      conditions: { ...ours, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['LastUsed'] } },
      wildcard,
    });
    fn.permit({
      actions: ['elasticfilesystem:CreateMountTarget', 'elasticfilesystem:PutLifecycleConfiguration'],
      resources: [FILE_SYSTEMS],
      conditions: ours,
      wildcard,
    });
    // EFS makes the interface of a mount target with the permissions of its caller.
    const subnets = this.network.subnets.map(({ subnetId }) => localArn('ec2', `subnet/${subnetId}`));
    fn.permit({ actions: ['ec2:CreateNetworkInterface'], resources: subnets });
    fn.permit({
      actions: ['ec2:CreateNetworkInterface'],
      resources: [GROUPS],
      conditions: ours,
      wildcard: 'EC2 chooses the ids of groups; the tags that the portal gives to its own are the limit.',
    });
    fn.permit({
      actions: ['ec2:CreateNetworkInterface'],
      resources: [INTERFACES],
      wildcard: 'EC2 chooses the id of an interface; its subnet and groups are the limit.',
    });
  }

  /** Takes mount targets away, and no file system. */
  grantUnmount(fn: PortalFunction): void {
    this.grantSee(fn);
    fn.permit({
      actions: ['elasticfilesystem:DeleteMountTarget'],
      resources: [FILE_SYSTEMS],
      conditions: { StringEquals: tagConditions('ResourceTag', this.tags) },
      wildcard,
    });
    fn.permit({
      actions: ['ec2:DeleteNetworkInterface'],
      resources: [INTERFACES],
      conditions: { ArnEquals: { 'ec2:Vpc': localArn('ec2', `vpc/${this.network.vpc.vpcId}`) } },
      wildcard: 'EC2 chooses the id of an interface; the stage’s VPC is the limit.',
    });
  }

  private grantSee(fn: PortalFunction): void {
    fn.permit({
      actions: [
        'elasticfilesystem:DescribeFileSystems',
        'elasticfilesystem:DescribeMountTargets',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
      ],
      resources: ['*'],
      wildcard: 'Lists know no resource.',
    });
  }
}
