import { describe, expect, it } from 'vitest';

import type { StageSettings } from '../../infra/stage-config.ts';
import { synthesised, type Resource } from './templates.ts';

type Properties = Resource['Properties'];

const resources = (settings: StageSettings, type: string): readonly Properties[] =>
  Object.values(synthesised(settings).emr.Resources)
    .filter(({ Type }) => Type === type)
    .map((resource) => resource.Properties);

const NODES = /Network(Master|Core)[0-9A-F]{8}$/;

/** The group that `{ "Fn::GetAtt": ["ClustersNetworkMaster1A2B3C4D", "GroupId"] }` names. */
const groupOf = (reference: unknown): string =>
  NODES.exec((reference as { readonly 'Fn::GetAtt'?: readonly string[] })['Fn::GetAtt']?.[0] ?? '')?.[1] ?? 'another';

const own: StageSettings = {};
const existing = (isPrivate: boolean): StageSettings => ({
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    isPrivate,
  },
});

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
    expect(resources(existing(false), 'AWS::EC2::SecurityGroup').map(({ VpcId }) => VpcId)).toEqual(
      expect.arrayContaining(['vpc-0123456789abcdef0']),
    );
  });

  it('gets the group through which EMR reaches nodes in private subnets, only there', () => {
    const ports = (isPrivate: boolean) =>
      resources(existing(isPrivate), 'AWS::EC2::SecurityGroupIngress').map(({ FromPort }) => FromPort);
    expect(ports(true).filter((port) => port === 9443 || port === 8443)).toEqual([9443, 8443, 8443]);
    expect(ports(false).filter((port) => port === 9443 || port === 8443)).toEqual([]);
  });
});

describe.each([
  ['own', own],
  ['existing', existing(true)],
])('the nodes of a cluster in the %s network', (_, settings) => {
  it('reach each other by every protocol that Spark and HDFS need', () => {
    const rules = resources(settings, 'AWS::EC2::SecurityGroupIngress')
      .map(({ GroupId, SourceSecurityGroupId, IpProtocol }) => [
        groupOf(GroupId),
        groupOf(SourceSecurityGroupId),
        IpProtocol,
      ])
      .filter(([to, from]) => to !== 'another' && from !== 'another');
    const nodes = ['Master', 'Core'];
    const expected = nodes.flatMap((to) =>
      nodes.flatMap((from) => ['tcp', 'udp', 'icmp'].map((protocol) => [to, from, protocol])),
    );
    expect(rules).toHaveLength(expected.length);
    expect(rules).toEqual(expect.arrayContaining(expected));
  });

  it('are reached from outside on port 22 only, by nobody until ranges are named, and then by those', () => {
    /** Rules within groups, and rules beside them. */
    const fromRanges = (ranges: readonly string[]): readonly Properties[] => {
      const all = { ...settings, emr: { sshRanges: [...ranges] } };
      const within = resources(all, 'AWS::EC2::SecurityGroup').flatMap(
        ({ SecurityGroupIngress = [] }) => SecurityGroupIngress as readonly Properties[],
      );
      return [...within, ...resources(all, 'AWS::EC2::SecurityGroupIngress')].filter(
        (rule) => rule['SourceSecurityGroupId'] === undefined,
      );
    };
    expect(fromRanges([])).toEqual([]);
    expect(fromRanges(['203.0.113.0/24', '198.51.100.7/32'])).toEqual([
      expect.objectContaining({ CidrIp: '203.0.113.0/24', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
      expect.objectContaining({ CidrIp: '198.51.100.7/32', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }),
    ]);
  });
});

describe('the price of an address', () => {
  const billed = (settings: StageSettings) =>
    new Set(
      Object.values(synthesised(settings).portal.Resources).flatMap(({ Properties }) => {
        const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
        return 'ATMO_EMR_HAS_PUBLIC_ADDRESSES' in Variables ? [Variables['ATMO_EMR_HAS_PUBLIC_ADDRESSES']] : [];
      }),
    );

  it('counts where nodes are in public subnets', () => {
    expect(billed(own)).toEqual(new Set(['true']));
    expect(billed(existing(false))).toEqual(new Set(['true']));
    expect(billed(existing(true))).toEqual(new Set(['false']));
  });
});
