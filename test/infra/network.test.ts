import { describe, expect, it } from 'vitest';

import type { StageSettings } from '../../infra/stage-settings.ts';
import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { synthesised, type Resource } from './templates.ts';

type Properties = Resource['Properties'];

const resources = (settings: StageSettings, type: string): readonly Properties[] =>
  Object.values(synthesised(settings).emr.Resources)
    .filter(({ Type }) => Type === type)
    .map((resource) => resource.Properties);

const own: StageSettings = {};
const existing = (isPrivate: boolean): StageSettings => ({
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    isPrivate,
  },
});

/** What the functions that have this setting are told. */
const launchSetting = (settings: StageSettings, name: string) =>
  new Set(
    Object.values(synthesised(settings).portal.Resources).flatMap(({ Properties }) => {
      const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      return name in Variables ? [Variables[name]] : [];
    }),
  );

describe('a network of our own', () => {
  it('has public subnets only, and nothing that is paid by the hour', () => {
    const subnets = resources(own, 'AWS::EC2::Subnet');
    expect(subnets.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([true, true]);
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::EIP']) expect(resources(own, type)).toEqual([]);
    // Interface endpoints are paid by the hour, gateway endpoints are free.
    expect(resources(own, 'AWS::EC2::VPCEndpoint').map(({ VpcEndpointType }) => VpcEndpointType)).toEqual(['Gateway']);
  });

  it('carries the tag without which EMR’s service role may not touch it', () => {
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet']) {
      for (const { Tags } of resources(own, type)) {
        expect(Tags).toContainEqual({ Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' });
      }
    }
  });
});

describe('an existing network', () => {
  it('is taken as it is', () => {
    for (const type of ['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::InternetGateway', 'AWS::EC2::VPCEndpoint']) {
      expect(resources(existing(false), type)).toEqual([]);
    }
  });

  it('lets EMR make what Spark Connect needs in private subnets, only there', () => {
    const policiesOfEmr = (settings: StageSettings): readonly string[] =>
      resources(settings, 'AWS::IAM::Role')
        .filter(({ AssumeRolePolicyDocument: trust }) =>
          JSON.stringify(trust).includes('"elasticmapreduce.amazonaws.com"'),
        )
        .flatMap(({ ManagedPolicyArns }) =>
          Array.from(JSON.stringify(ManagedPolicyArns).matchAll(/service-role\/(\w+)/g), ([, name = '']) => name),
        );
    const basic = 'AmazonEMRServicePolicy_v2';
    expect(policiesOfEmr(existing(true))).toEqual([basic, 'AmazonEMRServicePolicyForSessions']);
    for (const settings of [own, existing(false)]) expect(policiesOfEmr(settings)).toEqual([basic]);
  });

  it('has EMR come through groups of people’s own in private subnets, only there', () => {
    expect(launchSetting(existing(true), ENVIRONMENT.emrUsesServiceAccess)).toEqual(new Set(['true']));
    expect(launchSetting(existing(false), ENVIRONMENT.emrUsesServiceAccess)).toEqual(new Set(['false']));
    expect(launchSetting(own, ENVIRONMENT.emrUsesServiceAccess)).toEqual(new Set(['false']));
  });

  it('is where the portal makes groups', () => {
    expect(launchSetting(existing(true), ENVIRONMENT.emrVpcId)).toEqual(new Set(['vpc-0123456789abcdef0']));
  });
});

describe.each([
  ['own', own],
  ['existing', existing(true)],
])('the group of the stage in the %s network', (_, settings) => {
  const groupsOf = (sshRanges: string[]) => resources({ ...settings, emr: { sshRanges } }, 'AWS::EC2::SecurityGroup');

  it('lets in ssh from the ranges that are named, and is not there without', () => {
    expect(groupsOf([])).toEqual([]);
    expect(launchSetting(settings, ENVIRONMENT.emrSshSecurityGroup)).toEqual(new Set(['']));
    const [group, ...others] = groupsOf(['203.0.113.0/24', '198.51.100.7/32']);
    expect(others).toEqual([]);
    expect(group?.['SecurityGroupIngress']).toEqual([
      expect.objectContaining({ CidrIp: '203.0.113.0/24', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
      expect.objectContaining({ CidrIp: '198.51.100.7/32', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
    ]);
    // A rule beside the group would open it as well.
    const all = { ...settings, emr: { sshRanges: ['203.0.113.0/24'] } };
    expect(resources(all, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });
});

describe('the price of an address', () => {
  const billed = (settings: StageSettings) => launchSetting(settings, ENVIRONMENT.emrHasPublicAddresses);

  it('counts where nodes are in public subnets', () => {
    expect(billed(own)).toEqual(new Set(['true']));
    expect(billed(existing(false))).toEqual(new Set(['true']));
    expect(billed(existing(true))).toEqual(new Set(['false']));
  });
});
