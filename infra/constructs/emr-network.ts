import { Fn, Tags, Validations } from 'aws-cdk-lib';
import {
  CfnSecurityGroupIngress,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  Subnet,
  SubnetType,
  Vpc,
  type ISubnet,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage-config.ts';

/** EMR's managed service policy acts only on network parts that carry this tag. */
export const EMR_MANAGED_TAG = { key: 'for-use-with-amazon-emr-managed-policies', value: 'true' } as const;

/** What EMR itself adds between its groups; if declared here, CloudFormation can delete the groups again. */
const WITHIN_A_CLUSTER = [
  { ipProtocol: 'tcp', fromPort: 0, toPort: 65_535 },
  { ipProtocol: 'udp', fromPort: 0, toPort: 65_535 },
  { ipProtocol: 'icmp', fromPort: -1, toPort: -1 },
] as const;

/** Where clusters live: an existing VPC, or one of our own whose public subnets need no NAT gateway. */
export class EmrNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly master: SecurityGroup;
  readonly core: SecurityGroup;
  /** Only where subnets are private: the group through which EMR reaches the nodes. */
  readonly serviceAccess: SecurityGroup | null;
  /** Whether each node has an IPv4 address that is billed. */
  readonly hasPublicAddresses: boolean;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const { network } = config;
    if (network.kind === 'own') {
      const vpc = this.ownVpc(network.cidr);
      // The class differs from its interface only in how it spells optional properties.
      this.vpc = vpc as IVpc;
      this.subnets = vpc.publicSubnets;
    } else {
      this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: network.vpcId, availabilityZones: Fn.getAzs() });
      this.subnets = network.subnetIds.map((subnetId) => Subnet.fromSubnetId(this, subnetId, subnetId));
      const reason = 'Subnets are named one by one: nothing asks for zones or route tables.';
      Validations.of(this).acknowledge(
        { id: '@aws-cdk/aws-ec2:vpcAttributeIsListTokenavailabilityZones', reason },
        { id: '@aws-cdk/aws-ec2:noSubnetRouteTableId', reason },
      );
    }
    this.hasPublicAddresses = network.kind === 'own' || !network.isPrivate;
    this.master = this.group('Master', 'master node');
    this.core = this.group('Core', 'core nodes');
    this.serviceAccess = network.kind === 'existing' && network.isPrivate ? this.serviceAccessGroup() : null;
    this.letNodesTalk();
    for (const range of config.emr.sshRanges)
      this.master.addIngressRule(Peer.ipv4(range), Port.SSH, 'people with their own key');
  }

  private ownVpc(cidr: string): Vpc {
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'clusters', subnetType: SubnetType.PUBLIC, cidrMask: 20 }],
      // A gateway endpoint is free and keeps the traffic with S3 inside AWS.
      gatewayEndpoints: { s3: { service: GatewayVpcEndpointAwsService.S3 } },
      // Nothing uses the default group; closing it would need a function of its own.
      restrictDefaultSecurityGroup: false,
    });
    Tags.of(vpc).add(EMR_MANAGED_TAG.key, EMR_MANAGED_TAG.value);
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason:
        'Flow logs are paid by volume and this network holds short-lived Spark nodes only; switch them on where policy asks for it.',
    });
    return vpc;
  }

  private group(id: string, whom: string): SecurityGroup {
    const group = new SecurityGroup(this, id, { vpc: this.vpc, description: `ATMO: ${whom}`, allowAllOutbound: true });
    Tags.of(group).add(EMR_MANAGED_TAG.key, EMR_MANAGED_TAG.value);
    return group;
  }

  private serviceAccessGroup(): SecurityGroup {
    const group = this.group('ServiceAccess', 'EMR service');
    const ports = [
      { to: group, from: this.master, port: 9443 },
      { to: this.master, from: group, port: 8443 },
      { to: this.core, from: group, port: 8443 },
    ];
    for (const { to, from, port } of ports) this.allow(to, from, { ipProtocol: 'tcp', fromPort: port, toPort: port });
    return group;
  }

  private letNodesTalk(): void {
    for (const to of [this.master, this.core]) {
      for (const from of [this.master, this.core]) {
        for (const rule of WITHIN_A_CLUSTER) this.allow(to, from, rule);
      }
    }
  }

  private allow(
    to: SecurityGroup,
    from: SecurityGroup,
    rule: { readonly ipProtocol: string; readonly fromPort: number; readonly toPort: number },
  ): void {
    new CfnSecurityGroupIngress(this, `${to.node.id}From${from.node.id}-${rule.ipProtocol}-${rule.toPort}`, {
      ...rule,
      groupId: to.securityGroupId,
      sourceSecurityGroupId: from.securityGroupId,
      description: `${from.node.id} to ${to.node.id}`,
    });
  }
}
