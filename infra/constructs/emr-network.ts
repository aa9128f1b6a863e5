import { Fn, Tags, Validations } from 'aws-cdk-lib';
import {
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
import { EMR_MANAGED_TAG } from '../../shared/contract/run-time-resources.ts';
import type { StageConfig } from '../stage-config.ts';

/** Where clusters live: an existing VPC, or one of our own whose public subnets need no NAT gateway. */
export class EmrNetwork extends Construct {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** The one group of the stage; the portal makes those of people's nodes at run time. Null where nobody may use ssh. */
  readonly ssh: SecurityGroup | null;
  /** Whether EMR reaches nodes through groups of their own, as in private subnets. */
  readonly usesServiceAccess: boolean;
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
    this.usesServiceAccess = network.kind === 'existing' && network.isPrivate;
    this.ssh = config.emr.sshRanges.length > 0 ? this.sshGroup(config.emr.sshRanges) : null;
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

  private sshGroup(ranges: readonly string[]): SecurityGroup {
    const group = new SecurityGroup(this, 'Ssh', {
      vpc: this.vpc,
      description: 'ATMO: people with their own key',
      // Beside the groups of the nodes, which let everything out.
      allowAllOutbound: false,
    });
    Tags.of(group).add(EMR_MANAGED_TAG.key, EMR_MANAGED_TAG.value);
    for (const range of ranges) group.addIngressRule(Peer.ipv4(range), Port.SSH, 'people with their own key');
    return group;
  }
}
