import type {
  AuthorizeSecurityGroupIngressCommandInput,
  CreateSecurityGroupCommandInput,
  Tag,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';

import { ec2ClusterNetwork } from '../../functions/adapters/ec2-cluster-network.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { startEc2, VPC } from '../contract/ec2.ts';
import { isAllowed, type AccessRequest, type Statement } from './iam.ts';
import { GROUPS_IN_EMRS_POLICY } from './managed-service-policy.ts';
import { synthesised } from './templates.ts';

const SETTINGS: StageSettings = {
  emr: { sshRanges: ['203.0.113.0/24'] },
  network: { kind: 'existing', vpcId: VPC, subnetIds: ['subnet-0123456789abcdef0'], isPrivate: true },
};
const LAUNCHING = ['clusters', 'runworkflow', 'upkeep'] as const;

const arn = (resource: string): string => `arn:aws:ec2:<region>:<account>:${resource}`;
const GROUP = arn('security-group/sg-0123456789abcdef0');

const statementsOf = (feature: string): readonly Statement[] => {
  const { Resources } = synthesised(SETTINGS).portal;
  const roles = Object.keys(Resources).filter((id) => id.startsWith(`Functions${feature}Role`));
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .filter(({ Properties }) => roles.some((id) => JSON.stringify(Properties['Roles']).includes(`"${id}"`)))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
};

const tagContext = (of: 'RequestTag' | 'ResourceTag', tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`aws:${of}/${Key}`, Value ?? '']));

const createRequests = ({ VpcId, TagSpecifications }: CreateSecurityGroupCommandInput): AccessRequest[] => {
  const requested = tagContext('RequestTag', TagSpecifications?.[0]?.Tags);
  return [
    { action: 'ec2:CreateSecurityGroup', resource: arn(`vpc/${VpcId}`) },
    { action: 'ec2:CreateSecurityGroup', resource: GROUP, context: requested },
    {
      action: 'ec2:CreateTags',
      resource: GROUP,
      context: { ...requested, 'ec2:CreateAction': 'CreateSecurityGroup' },
    },
  ];
};

/** The calls that a person's first launch makes, each as IAM is asked about it. */
const firstLaunch = async () => {
  const { client, store } = await startEc2();
  const asked: AccessRequest[] = [];
  const tagsOf = (id = ''): Record<string, string> =>
    Object.fromEntries(Object.entries(store.get(id).tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'CreateSecurityGroupCommand')
          asked.push(...createRequests(args.input as CreateSecurityGroupCommandInput));
        else if (commandName === 'AuthorizeSecurityGroupIngressCommand') {
          const { GroupId } = args.input as AuthorizeSecurityGroupIngressCommandInput;
          const context = { ...tagsOf(GroupId), 'ec2:Vpc': arn(`vpc/${VPC}`) };
          asked.push({ action: 'ec2:AuthorizeSecurityGroupIngress', resource: GROUP, context });
        } else asked.push({ action: `ec2:${commandName?.replace('Command', '')}`, resource: '*' });
        return next(args);
      },
    { step: 'initialize' },
  );
  const settings = { environment: 'test', emrVpcId: VPC, emrUsesServiceAccess: 'true' };
  const network = ec2ClusterNetwork(settings, { client, pause: async () => undefined });
  const { nodes, serviceAccess } = await network.groupsOf('sub-alice', 'cluster');
  return { asked, groups: [nodes, serviceAccess ?? ''].map(tagsOf) };
};

describe.each(LAUNCHING)('the groups of people, to %s', (feature) => {
  it('are allowed: every call of a first launch', async () => {
    const { asked } = await firstLaunch();
    const actions = new Set(asked.map(({ action }) => action));
    expect(actions).toEqual(
      new Set([
        'ec2:DescribeSecurityGroups',
        'ec2:CreateSecurityGroup',
        'ec2:CreateTags',
        'ec2:AuthorizeSecurityGroupIngress',
      ]),
    );
    expect(asked.filter((request) => !isAllowed(statementsOf(feature), request))).toEqual([]);
  });

  it('are allowed in this VPC only, and with the portal’s tags only', async () => {
    const { asked } = await firstLaunch();
    const statements = statementsOf(feature);
    const refused = (request: AccessRequest): void =>
      expect([request, isAllowed(statements, request)]).toEqual([request, false]);
    refused({ action: 'ec2:CreateSecurityGroup', resource: arn('vpc/vpc-0123456789abcdef1') });
    for (const request of asked) {
      const { context = {} } = request;
      for (const key of Object.keys(context)) {
        if (/\/(Person|Kind|Part|Name)$/.test(key)) continue;
        // EMR's own tag says who may use a group, not who may open it.
        if (key === 'aws:ResourceTag/for-use-with-amazon-emr-managed-policies') continue;
        refused({ ...request, context: { ...context, [key]: 'another' } });
        const { [key]: _, ...without } = context;
        refused({ ...request, context: without });
      }
    }
  });

  it('are the only ones that it may open: none of CloudFormation’s, which have other tags', () => {
    const { Resources } = synthesised(SETTINGS).emr;
    const groups = Object.values(Resources).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(1);
    for (const { Properties } of groups) {
      const context = { ...tagContext('ResourceTag', Properties['Tags'] as Tag[]), 'ec2:Vpc': arn(`vpc/${VPC}`) };
      const request = { action: 'ec2:AuthorizeSecurityGroupIngress', resource: GROUP, context };
      expect(isAllowed(statementsOf(feature), request)).toBe(false);
    }
  });

  it.each([
    'ec2:DeleteSecurityGroup',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:ModifySecurityGroupRules',
    'ec2:RunInstances',
  ])('may not be used for %s', async (action) => {
    const { groups } = await firstLaunch();
    for (const tags of groups)
      expect(
        isAllowed(statementsOf(feature), {
          action,
          resource: GROUP,
          context: { ...tags, 'ec2:Vpc': arn(`vpc/${VPC}`) },
        }),
      ).toBe(false);
  });
});

describe('EMR’s service role', () => {
  it('may start instances in the groups of people and in that for ssh, and add its rules to them', async () => {
    const { groups } = await firstLaunch();
    const { Resources } = synthesised(SETTINGS).emr;
    const ssh = Object.values(Resources).find(({ Type }) => Type === 'AWS::EC2::SecurityGroup');
    const all = [...groups, tagContext('ResourceTag', ssh?.Properties['Tags'] as Tag[])];
    expect(all).toHaveLength(3);
    for (const context of all) {
      for (const action of [
        'ec2:RunInstances',
        'ec2:CreateFleet',
        'ec2:CreateNetworkInterface',
        'ec2:AuthorizeSecurityGroupIngress',
      ])
        expect(isAllowed(GROUPS_IN_EMRS_POLICY, { action, resource: GROUP, context })).toBe(true);
    }
  });
});

describe('functions that launch nothing', () => {
  it('may do nothing with groups', () => {
    for (const feature of ['jobs', 'runs', 'portal', 'sshkeys']) {
      expect(JSON.stringify(statementsOf(feature))).toContain('dynamodb:');
      expect(JSON.stringify(statementsOf(feature))).not.toContain('SecurityGroup');
    }
  });
});
