import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';

import { startEc2, SUBNETS, VPC } from '../contract/ec2.ts';

const create = (name: string, VpcId = VPC) =>
  new CreateSecurityGroupCommand({
    GroupName: name,
    Description: `of ${name}`,
    VpcId,
    TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'Name', Value: `<${name}> & more` }] }],
  });

const tcp = (port: number, peer: Partial<IpPermission>): IpPermission[] => [
  { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer },
];

const made = async (client: EC2Client, name = 'one') => (await client.send(create(name))).GroupId ?? '';

describe('the local EC2', () => {
  it('makes a group that lets everything out and nothing in, and shows what it was given', async () => {
    const { client } = await startEc2();
    const id = await made(client);
    const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: id,
        GroupName: 'one',
        Description: 'of one',
        VpcId: VPC,
        OwnerId: '123456789012',
        Tags: [{ Key: 'Name', Value: '<one> & more' }],
        IpPermissions: [],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it('finds groups by name, VPC and tag', async () => {
    const { client } = await startEc2();
    const ids = [await made(client, 'one'), await made(client, 'two')];
    await client.send(create('one', 'vpc-0123456789abcdef1'));
    const found = async (...filters: readonly (readonly [name: string, ...values: string[]])[]) => {
      const Filters = filters.map(([Name, ...Values]) => ({ Name, Values }));
      const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
      return SecurityGroups.map(({ GroupId }) => GroupId);
    };
    expect(await found(['vpc-id', VPC], ['group-name', 'one', 'two'])).toEqual(ids);
    expect(await found(['vpc-id', VPC], ['group-name', 'one'])).toEqual(ids.slice(0, 1));
    expect(await found(['tag:Name', '<two> & more'])).toEqual(ids.slice(1));
    await expect(found(['colour', 'blue'])).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('opens and closes ports, to groups and ranges, each once', async () => {
    const { client, store } = await startEc2();
    const id = await made(client);
    const UserIdGroupPairs = [{ GroupId: id }];
    const toSelf = { GroupId: id, IpPermissions: tcp(1, { UserIdGroupPairs }) };
    await client.send(new AuthorizeSecurityGroupIngressCommand(toSelf));
    await expect(client.send(new AuthorizeSecurityGroupIngressCommand(toSelf))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
    // All or none: the second rule is new, the first is not.
    const both = [...toSelf.IpPermissions, ...tcp(2, { UserIdGroupPairs })];
    await expect(
      client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: both })),
    ).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    const IpRanges = [{ CidrIp: '203.0.113.0/24' }];
    await client.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: tcp(3, { IpRanges }) }));
    const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    expect(SecurityGroups[0]?.IpPermissions).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, UserIdGroupPairs: [{ GroupId: id, UserId: '123456789012' }] },
    ]);
    expect(SecurityGroups[0]?.IpPermissionsEgress?.[1]).toMatchObject({ FromPort: 3, IpRanges });
    await client.send(new RevokeSecurityGroupIngressCommand(toSelf));
    await expect(client.send(new RevokeSecurityGroupIngressCommand(toSelf))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    expect(store.get(id).rules).toHaveLength(2);
  });

  it('removes no group that is in use or named by another', async () => {
    const inUse = new Set<string>();
    const { client } = await startEc2({ isInUse: (id) => inUse.has(id) });
    const [one, two] = [await made(client, 'one'), await made(client, 'two')];
    const rule = { GroupId: two, IpPermissions: tcp(1, { UserIdGroupPairs: [{ GroupId: one }] }) };
    await client.send(new AuthorizeSecurityGroupIngressCommand(rule));
    inUse.add(two);
    for (const GroupId of [one, two])
      await expect(client.send(new DeleteSecurityGroupCommand({ GroupId }))).rejects.toMatchObject({
        name: 'DependencyViolation',
      });
    inUse.clear();
    for (const GroupId of [two, one]) await client.send(new DeleteSecurityGroupCommand({ GroupId }));
    await expect(client.send(new DescribeSecurityGroupsCommand({ GroupIds: [one] }))).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
  });

  it('keeps groups across a restart', async () => {
    const { client, store, reopen } = await startEc2();
    const id = await made(client);
    await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Kind', Value: 'job' }] }));
    expect(reopen().all()).toEqual(store.all());
    expect(reopen().get(id).tags).toMatchObject({ Kind: 'job', Name: '<one> & more' });
  });

  it('shows the network of the deployment', async () => {
    const { client } = await startEc2();
    const { Vpcs } = await client.send(new DescribeVpcsCommand());
    expect(Vpcs?.[0]).toMatchObject({ VpcId: VPC, CidrBlock: '10.71.0.0/16' });
    const { Subnets } = await client.send(new DescribeSubnetsCommand({ SubnetIds: [SUBNETS[1]] }));
    expect(Subnets).toMatchObject([{ SubnetId: SUBNETS[1], VpcId: VPC, AvailabilityZone: 'us-west-2b' }]);
  });

  it.each([
    ['a second group of the name', 'InvalidGroup.Duplicate', create('one')],
    ['an unknown VPC', 'InvalidVpcID.NotFound', create('x', 'vpc-1')],
    ['no name', 'MissingParameter', create('')],
    ['a name that begins as an id does', 'InvalidParameterValue', create('sg-x')],
    ['a name with characters that EC2 does not take', 'InvalidParameterValue', create("alice's")],
    [
      'an unknown group',
      'InvalidGroup.NotFound',
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: 'sg-1',
        IpPermissions: tcp(1, { IpRanges: [{ CidrIp: 'x' }] }),
      }),
    ],
    ['an unknown subnet', 'InvalidSubnetID.NotFound', new DescribeSubnetsCommand({ SubnetIds: ['subnet-1'] })],
  ])('refuses %s: %s', async (_what, name, command) => {
    const { client } = await startEc2();
    await made(client);
    await expect(client.send(command as CreateSecurityGroupCommand)).rejects.toMatchObject({ name });
  });

  it('has quotas', async () => {
    const { client } = await startEc2({ quotas: { groupsPerVpc: 2 } });
    const GroupId = await made(client, 'one');
    await made(client, 'two');
    await expect(made(client, 'three')).rejects.toMatchObject({ name: 'SecurityGroupLimitExceeded' });
    const IpRanges = Array.from({ length: 61 }, (_, part) => ({ CidrIp: `10.0.${part}.0/24` }));
    await expect(
      client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: tcp(1, { IpRanges }) })),
    ).rejects.toMatchObject({ name: 'RulesPerSecurityGroupLimitExceeded' });
  });

  it('lets in who signs, and no session of a run', async () => {
    const { clientOf, keys, url } = await startEc2();
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
    });
    const arn = 'arn:aws:sts::123456789012:assumed-role/run/run-1';
    const session = clientOf(keys.issue({ arn, userId: 'AROA:run-1', policy, expiration: Date.now() + 60_000 }));
    await expect(session.send(new DescribeVpcsCommand())).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    const forged = clientOf({ accessKeyId: 'S3RVER', secretAccessKey: 'other' });
    await expect(forged.send(new DescribeVpcsCommand())).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const unsigned = await fetch(url, { method: 'POST', body: new URLSearchParams({ Action: 'DescribeVpcs' }) });
    expect(unsigned.status).toBe(401);
  });

  it.each([
    '',
    'Action=__proto__',
    'Action=DescribeSecurityGroups&Filter.1.Name=',
    'Action=DescribeSecurityGroups&Filter.99999.Name=x&Filter.x=y&Filter.1.Value.1.2.3=z',
    'Action=CreateSecurityGroup&GroupName=%00&__proto__.1=x',
  ])('answers a malformed request (%s) as a mistake of its sender', async (body) => {
    const { url } = await startEc2();
    const { status } = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
