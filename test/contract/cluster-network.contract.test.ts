import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';

import { ec2ClusterNetwork } from '../../functions/adapters/ec2-cluster-network.ts';
import type { ClusterNetwork } from '../../functions/ports/cluster-network.ts';
import { launchNetwork } from '../../local/ec2/launch-network.ts';
import { EVERYTHING_OUT, type SecurityGroup } from '../../local/ec2/security-group.ts';
import { fakeClusterNetwork } from '../fakes/fake-cluster-network.ts';
import { startEc2, VPC } from './ec2.ts';

const ALICE = '0c5f8b2e-70a1-7024-8c52-1f0f3ad2b6e1';
const BOB = '0c5f8b2e-70a1-7024-8c52-1f0f3ad2b6e2';

const SETTINGS = { environment: 'test', emrVpcId: VPC, emrUsesServiceAccess: 'false' };
const PRIVATE = { ...SETTINGS, emrUsesServiceAccess: 'true' };

const start = async (settings = SETTINGS, options: Parameters<typeof startEc2>[0] = {}) => {
  const ec2 = await startEc2(options);
  const pauses: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  const network = ec2ClusterNetwork(settings, { client: ec2.client, pause });
  const calls: string[] = [];
  ec2.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        calls.push(commandName?.replace('Command', '') ?? '');
        return next(args);
      },
    { step: 'initialize' },
  );
  return { ...ec2, network, pauses, calls };
};

const within = (group: string): SecurityGroup['rules'] =>
  [
    ['tcp', 0, 65_535],
    ['udp', 0, 65_535],
    ['icmp', -1, -1],
  ].map(([ipProtocol, fromPort, toPort]) => ({
    direction: 'ingress' as const,
    ipProtocol: String(ipProtocol),
    fromPort: Number(fromPort),
    toPort: Number(toPort),
    groupId: group,
    cidr: null,
  }));

const NETWORKS: readonly (readonly [string, () => Promise<ClusterNetwork>])[] = [
  ['the fake', async () => fakeClusterNetwork()],
  ['EC2', async () => (await start()).network],
];

describe.each(NETWORKS)('the network of clusters: %s', (_name, begin) => {
  it('has groups of their own for each person and kind, the same ones every time', async () => {
    const network = await begin();
    const of = async (person: string, kind: 'cluster' | 'job') => (await network.groupsOf(person, kind)).nodes;
    const first = [await of(ALICE, 'cluster'), await of(ALICE, 'job'), await of(BOB, 'cluster'), await of(BOB, 'job')];
    expect(new Set(first).size).toBe(4);
    expect([
      await of(ALICE, 'cluster'),
      await of(ALICE, 'job'),
      await of(BOB, 'cluster'),
      await of(BOB, 'job'),
    ]).toEqual(first);
  });

  it('makes one for launches at the same time', async () => {
    const network = await begin();
    const groups = await Promise.all(Array.from({ length: 5 }, () => network.groupsOf(ALICE, 'cluster')));
    expect(new Set(groups.map(({ nodes }) => nodes)).size).toBe(1);
  });
});

describe('the groups in EC2', () => {
  it('are open to themselves and to nothing else, and carry the tags by which they are found', async () => {
    const { network, store } = await start();
    const { nodes, serviceAccess } = await network.groupsOf(ALICE, 'cluster');
    await network.groupsOf(BOB, 'cluster');
    expect(serviceAccess).toBeNull();
    expect(store.all()).toHaveLength(2);
    expect(store.get(nodes)).toEqual({
      id: nodes,
      name: `atmo-test-cluster-nodes-${ALICE}`,
      description: 'ATMO test: nodes of the clusters of one person',
      vpcId: VPC,
      tags: {
        Application: 'ATMO',
        Environment: 'test',
        MadeBy: 'portal',
        Person: ALICE,
        Kind: 'cluster',
        Part: 'nodes',
        Name: `atmo-test-cluster-nodes-${ALICE}`,
        'for-use-with-amazon-emr-managed-policies': 'true',
      },
      rules: [EVERYTHING_OUT, ...within(nodes)],
    });
  });

  it('have a service group of their own in private subnets, since a group has 60 rules only', async () => {
    const { network, store } = await start(PRIVATE);
    const { nodes, serviceAccess } = await network.groupsOf(ALICE, 'job');
    const port = (fromPort: number, groupId: string) =>
      ({ direction: 'ingress', ipProtocol: 'tcp', fromPort, toPort: fromPort, groupId, cidr: null }) as const;
    expect(store.get(nodes).rules).toEqual([EVERYTHING_OUT, ...within(nodes), port(8443, serviceAccess ?? '')]);
    expect(store.get(serviceAccess ?? '').rules).toEqual([EVERYTHING_OUT, port(9443, nodes)]);
    expect(store.get(serviceAccess ?? '').tags).toMatchObject({ Person: ALICE, Kind: 'job', Part: 'service' });
  });

  it('leave EMR nothing to add, and nothing to refuse', async () => {
    const { network, store } = await start(PRIVATE);
    const { nodes, serviceAccess } = await network.groupsOf(ALICE, 'cluster');
    const before = structuredClone(store.all());
    const problem = launchNetwork(store).prepare({
      EmrManagedMasterSecurityGroup: nodes,
      EmrManagedSlaveSecurityGroup: nodes,
      ServiceAccessSecurityGroup: serviceAccess,
    });
    expect(problem).toBeNull();
    expect(store.all()).toEqual(before);
  });

  it('are looked up once for a launch that finds them whole', async () => {
    const { network, calls } = await start(PRIVATE);
    await network.groupsOf(ALICE, 'cluster');
    calls.length = 0;
    await network.groupsOf(ALICE, 'cluster');
    expect(calls).toEqual(['DescribeSecurityGroups']);
  });

  it('get back a rule that somebody revoked, and are made again where somebody removed them', async () => {
    const { network, store } = await start();
    const { nodes } = await network.groupsOf(ALICE, 'cluster');
    store.removeRules(nodes, within(nodes).slice(0, 2));
    await network.groupsOf(ALICE, 'cluster');
    expect(store.get(nodes).rules).toHaveLength(4);
    store.delete(nodes, () => false);
    const again = await network.groupsOf(ALICE, 'cluster');
    expect(again.nodes).not.toBe(nodes);
    expect(store.get(again.nodes).rules).toHaveLength(4);
  });

  it('are waited for where EC2 does not show at once what it has made', async () => {
    const { network, store, pauses } = await start(SETTINGS, { looksUntilShown: 2 });
    const { nodes } = await network.groupsOf(ALICE, 'cluster');
    expect(store.all().map(({ id }) => id)).toEqual([nodes]);
    expect(store.get(nodes).rules).toHaveLength(4);
    expect(pauses.length).toBeGreaterThan(0);
  });

  it('are given up on where EC2 never shows them', async () => {
    const { network, pauses } = await start(SETTINGS, { looksUntilShown: 1000 });
    await expect(network.groupsOf(ALICE, 'cluster')).rejects.toMatchObject({ name: 'AwsFailed' });
    // Within the 29 seconds of a request.
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(10_000);
  });

  it('have names that EC2 takes and that no two people share, whatever their ids', async () => {
    const { network, store } = await start();
    const ids = ['userA', 'usera', 'Google_1234', 'a|b', 'a/b', 'x'.repeat(500), '_x', ALICE];
    const groups = [];
    for (const id of ids) groups.push((await network.groupsOf(id, 'cluster')).nodes);
    expect(new Set(groups).size).toBe(ids.length);
    const names = store.all().map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(255);
  });

  it.each([
    ['another person’s', { Person: BOB }],
    ['another stage’s', { Environment: 'prod' }],
    ['made by somebody else', { MadeBy: 'hand' }],
  ])('are not taken where the one of that name is %s', async (_what, changes) => {
    const { network, store } = await start();
    const { nodes } = await network.groupsOf(ALICE, 'cluster');
    store.tag(nodes, changes);
    await expect(network.groupsOf(ALICE, 'cluster')).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
      message: expect.stringContaining('Nothing was launched'),
    });
  });

  it('are those of the stage’s VPC, also where another VPC has the name', async () => {
    const { network, store, client } = await start();
    const name = `atmo-test-cluster-nodes-${ALICE}`;
    const { GroupId } = await client.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: 'x', VpcId: 'vpc-0123456789abcdef1' }),
    );
    const { nodes } = await network.groupsOf(ALICE, 'cluster');
    expect(nodes).not.toBe(GroupId);
    expect(store.get(nodes).vpcId).toBe(VPC);
  });

  it('are refused in words for people where the account has no more of them', async () => {
    const { network, store } = await start(SETTINGS, { quotas: { groupsPerVpc: 1 } });
    await network.groupsOf(ALICE, 'cluster');
    await expect(network.groupsOf(BOB, 'cluster')).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
      message: expect.stringMatching(/quota.*Nothing was launched.*operators/),
    });
    expect(store.all()).toHaveLength(1);
    // Those who have groups go on.
    await network.groupsOf(ALICE, 'cluster');
  });

  it('are refused in words where somebody filled a group with rules', async () => {
    const { network, client, store } = await start(SETTINGS, { quotas: { rulesPerGroup: 5 } });
    const { nodes } = await network.groupsOf(ALICE, 'cluster');
    store.removeRules(nodes, within(nodes).slice(0, 1));
    const IpRanges = [1, 2, 3].map((part) => ({ CidrIp: `10.0.${part}.0/24` }));
    await client.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: nodes,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, IpRanges }],
      }),
    );
    await expect(network.groupsOf(ALICE, 'cluster')).rejects.toMatchObject({
      name: 'EmrRefusedLaunch',
      message: expect.stringContaining('rules'),
    });
  });

  it.each([
    ['RequestLimitExceeded', 'AwsThrottled'],
    ['UnauthorizedOperation', 'EmrRefusedLaunch'],
    ['InternalError', 'AwsFailed'],
    ['InvalidVpcID.NotFound', 'AwsFailed'],
  ])('%s is %s', async (name, expected) => {
    const { network, client } = await start();
    client.middlewareStack.add(
      () => async () => {
        throw Object.assign(new Error('no'), { name, $metadata: {} });
      },
      { step: 'initialize' },
    );
    await expect(network.groupsOf(ALICE, 'cluster')).rejects.toMatchObject({ name: expected });
  });
});
