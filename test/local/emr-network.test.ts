import { TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';

import { launchNetwork } from '../../local/ec2/launch-network.ts';
import { startEc2, VPC } from '../contract/ec2.ts';
import { launchInput, startRig } from './emr/rig.ts';

const EMR_TAG = { 'for-use-with-amazon-emr-managed-policies': 'true' };

const start = async () => {
  const { store } = await startEc2();
  const rig = await startRig(undefined, { network: launchNetwork(store) });
  const group = (name: string, tags: Record<string, string> = EMR_TAG) =>
    store.create({ name, description: name, vpcId: VPC, tags }).id;
  const launched = async (groups: Record<string, unknown>) => {
    const id = await rig.launch({ Instances: { ...launchInput().Instances, ...groups } });
    await rig.advance(3);
    return { id, status: (await rig.describe(id)).Status };
  };
  return { ...rig, store, group, launched };
};

describe('the security groups of a launch', () => {
  it.each([
    ['one that does not exist', () => 'sg-1', 'does not exist'],
    [
      'one that EMR’s service role may not touch',
      (group: (name: string, tags: Record<string, string>) => string) => group('untagged', {}),
      'insufficient EC2 permissions',
    ],
  ])('end the cluster where there is %s', async (_what, groupIn, message) => {
    const { group, launched } = await start();
    const nodes = groupIn(group);
    const { status } = await launched({ EmrManagedMasterSecurityGroup: nodes, EmrManagedSlaveSecurityGroup: nodes });
    expect(status).toMatchObject({
      State: expect.stringContaining('TERMINAT'),
      StateChangeReason: { Code: 'VALIDATION_ERROR', Message: expect.stringContaining(message) },
    });
  });

  it('get the rules that EMR needs within a cluster', async () => {
    const { group, launched, store } = await start();
    const nodes = group('nodes');
    const { status } = await launched({ EmrManagedMasterSecurityGroup: nodes, EmrManagedSlaveSecurityGroup: nodes });
    expect(status?.State).toBe('BOOTSTRAPPING');
    expect(store.get(nodes).rules.filter(({ groupId }) => groupId === nodes)).toHaveLength(3);
  });

  it('must let masters in on 9443 where EMR comes through a service group', async () => {
    const { group, launched, store } = await start();
    const [nodes, service] = [group('nodes'), group('service')];
    const groups = {
      EmrManagedMasterSecurityGroup: nodes,
      EmrManagedSlaveSecurityGroup: nodes,
      ServiceAccessSecurityGroup: service,
    };
    expect((await launched(groups)).status?.StateChangeReason?.Message).toContain('on port 9443');
    store.addRules(service, [
      { direction: 'ingress', ipProtocol: 'tcp', fromPort: 9443, toPort: 9443, groupId: nodes, cidr: null },
    ]);
    expect((await launched(groups)).status?.State).toBe('BOOTSTRAPPING');
  });

  it('are in use until the cluster has ended', async () => {
    const { client, emr, group, launched, advance } = await start();
    const nodes = group('nodes');
    const ssh = group('ssh');
    const { id } = await launched({
      EmrManagedMasterSecurityGroup: nodes,
      EmrManagedSlaveSecurityGroup: nodes,
      AdditionalMasterSecurityGroups: [ssh],
    });
    expect([emr.usesGroup(nodes), emr.usesGroup(ssh), emr.usesGroup('sg-1')]).toEqual([true, true, false]);
    await client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }));
    await advance(60);
    expect(emr.usesGroup(nodes)).toBe(false);
  });
});
