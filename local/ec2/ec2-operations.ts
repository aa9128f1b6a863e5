import { ACCOUNT } from '../account.ts';
import { AwsError } from '../aws-json.ts';
import type { QueryParameters } from '../query-parameters.ts';
import type { Xml } from '../xml.ts';
import type { Rule, SecurityGroup } from './security-group.ts';
import type { SecurityGroupStore } from './security-group-store.ts';

export interface Ec2 {
  readonly store: SecurityGroupStore;
  /** Whether a cluster, or a mount target, is in the group. */
  readonly isInUse: (groupId: string) => boolean;
  /** The EMR cluster that an instance is a node of; null for instances that there are not. */
  readonly clusterOf: (instanceId: string) => string | null;
}

type Operation = (parameters: QueryParameters, ec2: Ec2) => Xml;

/** Names and descriptions of groups. */
const GROUP_TEXT = /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/;

const needed = (parameters: QueryParameters, name: string): string => {
  const value = parameters.get(name);
  if (value === undefined || value === '')
    throw new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
  return value;
};

const text = (parameters: QueryParameters, name: string): string => {
  const value = needed(parameters, name);
  if (!GROUP_TEXT.test(value)) throw new AwsError('InvalidParameterValue', `Invalid value '${value}' for ${name}.`);
  return value;
};

const port = (parameters: QueryParameters, name: string): number => {
  const value = parameters.get(name) ?? '-1';
  if (!/^(-1|\d{1,5})$/.test(value) || Number(value) > 65_535)
    throw new AwsError('InvalidParameterValue', `Invalid value '${value}' for ${name}.`);
  return Number(value);
};

const tagsIn = (tags: readonly QueryParameters[]): Record<string, string> => {
  const pairs = tags.map((tag) => [needed(tag, 'Key'), tag.get('Value') ?? ''] as const);
  if (pairs.length > 50) throw new AwsError('TagLimitExceeded', 'A resource has at most 50 tags.');
  if (pairs.some(([key, value]) => key.length > 128 || value.length > 256 || key.startsWith('aws:')))
    throw new AwsError('InvalidParameterValue', 'A tag has at most 128 characters as key and 256 as value.');
  return Object.fromEntries(pairs);
};

const rulesIn = (parameters: QueryParameters, direction: Rule['direction']): Rule[] => {
  const rules = parameters.list('IpPermissions').flatMap((permission): Rule[] => {
    const ipProtocol = needed(permission, 'IpProtocol');
    if (!['tcp', 'udp', 'icmp', '-1'].includes(ipProtocol))
      throw new AwsError('InvalidParameterValue', `Invalid value '${ipProtocol}' for IP protocol.`);
    const ports = { fromPort: port(permission, 'FromPort'), toPort: port(permission, 'ToPort') };
    if (ports.fromPort > ports.toPort) throw new AwsError('InvalidParameterValue', 'Invalid TCP/UDP port range.');
    const to = (groupId: string | null, cidr: string | null): Rule => ({
      direction,
      ipProtocol,
      ...ports,
      groupId,
      cidr,
    });
    const groups = permission.list('Groups').map((group) => to(needed(group, 'GroupId'), null));
    const ranges = permission.list('IpRanges').map((range) => to(null, needed(range, 'CidrIp')));
    return groups.concat(ranges);
  });
  if (rules.length === 0)
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter IpPermissions, with a peer in each.',
    );
  return rules;
};

const permissions = ({ rules }: SecurityGroup, direction: Rule['direction']): Xml[] =>
  rules
    .filter((rule) => rule.direction === direction)
    .map(({ ipProtocol, fromPort, toPort, groupId, cidr }) => ({
      ipProtocol,
      fromPort: String(fromPort),
      toPort: String(toPort),
      groups: groupId === null ? [] : [{ userId: ACCOUNT.id, groupId }],
      ipRanges: cidr === null ? [] : [{ cidrIp: cidr }],
    }));

const tagSet = (tags: Readonly<Record<string, string>>): Xml[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

const described = (group: SecurityGroup): Xml => ({
  ownerId: ACCOUNT.id,
  groupId: group.id,
  groupName: group.name,
  groupDescription: group.description,
  vpcId: group.vpcId,
  ipPermissions: permissions(group, 'ingress'),
  ipPermissionsEgress: permissions(group, 'egress'),
  tagSet: tagSet(group.tags),
});

const valueOf = (group: SecurityGroup, filter: string): string | undefined => {
  if (filter === 'vpc-id') return group.vpcId;
  if (filter === 'group-name') return group.name;
  if (filter === 'group-id') return group.id;
  if (filter.startsWith('tag:')) return group.tags[filter.slice('tag:'.length)] ?? '';
  throw new AwsError('InvalidParameterValue', `The filter '${filter}' is invalid`);
};

const isTrue = { return: 'true' };

export const EC2_OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeSecurityGroups(parameters, { store }) {
    const filters = parameters
      .list('Filter')
      .map((filter) => ({ name: needed(filter, 'Name'), values: filter.values('Value') }));
    const ids = parameters.values('GroupId');
    for (const id of ids) store.get(id);
    const found = store
      .shown()
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .filter((group) => filters.every(({ name, values }) => values.includes(valueOf(group, name) ?? '')));
    return { securityGroupInfo: found.map(described) };
  },

  CreateSecurityGroup(parameters, { store }) {
    const name = text(parameters, 'GroupName');
    if (name.startsWith('sg-'))
      throw new AwsError('InvalidParameterValue', `Invalid value '${name}' for GroupName: it begins with sg-.`);
    const tags = parameters.list('TagSpecification').flatMap((specification) => specification.list('Tag'));
    const { id } = store.create({
      name,
      description: text(parameters, 'GroupDescription'),
      vpcId: needed(parameters, 'VpcId'),
      tags: tagsIn(tags),
    });
    return { ...isTrue, groupId: id, tagSet: tagSet(tagsIn(tags)) };
  },

  AuthorizeSecurityGroupIngress(parameters, { store }) {
    store.addRules(needed(parameters, 'GroupId'), rulesIn(parameters, 'ingress'));
    return isTrue;
  },

  AuthorizeSecurityGroupEgress(parameters, { store }) {
    store.addRules(needed(parameters, 'GroupId'), rulesIn(parameters, 'egress'));
    return isTrue;
  },

  RevokeSecurityGroupIngress(parameters, { store }) {
    store.removeRules(needed(parameters, 'GroupId'), rulesIn(parameters, 'ingress'));
    return isTrue;
  },

  DeleteSecurityGroup(parameters, { store, isInUse }) {
    store.delete(needed(parameters, 'GroupId'), isInUse);
    return isTrue;
  },

  CreateTags(parameters, { store }) {
    for (const id of parameters.values('ResourceId')) store.tag(id, tagsIn(parameters.list('Tag')));
    return isTrue;
  },

  DescribeInstances(parameters, { clusterOf }) {
    const filters = parameters
      .list('Filter')
      .map((filter) => ({ name: needed(filter, 'Name'), values: filter.values('Value') }));
    const wanted = filters.find(({ name }) => name === 'instance-id')?.values ?? [];
    const tag = 'aws:elasticmapreduce:job-flow-id';
    const isTagged = filters.every(({ name, values }) => name !== 'tag-key' || values.includes(tag));
    const found = wanted.flatMap((instanceId) => {
      const cluster = isTagged ? clusterOf(instanceId) : null;
      return cluster === null ? [] : [{ instanceId, tagSet: tagSet({ [tag]: cluster }) }];
    });
    return { reservationSet: found.length === 0 ? [] : [{ ownerId: ACCOUNT.id, instancesSet: found }] };
  },

  DescribeVpcs: (_parameters, { store }) => ({
    vpcSet: store.network.vpcs.map(({ id, cidr }) => ({ vpcId: id, cidrBlock: cidr, state: 'available' })),
  }),

  DescribeSubnets(parameters, { store }) {
    const ids = parameters.values('SubnetId');
    const known = store.network.subnets;
    for (const id of ids) {
      if (!known.some((subnet) => subnet.id === id))
        throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`);
    }
    const found = known.filter(({ id }) => ids.length === 0 || ids.includes(id));
    return {
      subnetSet: found.map(({ id, vpcId, zone }) => ({
        subnetId: id,
        vpcId,
        availabilityZone: zone,
        state: 'available',
      })),
    };
  },
};
