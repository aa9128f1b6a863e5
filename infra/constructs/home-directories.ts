import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { FileSystem, LifecyclePolicy, OutOfInfrequentAccessPolicy } from 'aws-cdk-lib/aws-efs';
import { Construct } from 'constructs';
import type { EmrNetwork } from './emr-network.ts';
import type { EmrRoles } from './emr-roles.ts';

interface HomeDirectoriesProps {
  readonly network: EmrNetwork;
  readonly roles: EmrRoles;
}

/** Home directories on EFS: they outlast a cluster, and stay when the stack goes. Paid by what is stored. */
export class HomeDirectories extends Construct {
  readonly dnsName: string;

  constructor(scope: Construct, id: string, { network, roles }: HomeDirectoriesProps) {
    super(scope, id);
    const { vpc, subnets } = network;
    const securityGroup = new SecurityGroup(this, 'Group', {
      vpc,
      description: 'ATMO: home directories',
      allowAllOutbound: false,
    });
    if (network.ssh !== null)
      securityGroup.addIngressRule(Peer.securityGroupId(network.ssh.securityGroupId), Port.NFS, 'masters of clusters');
    const fileSystem = new FileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnets: { subnets: [...subnets] },
      securityGroup,
      encrypted: true,
      lifecyclePolicy: LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // As root: a node makes the folder of its person before it mounts that alone. Jobs have no home.
    fileSystem.grantRootAccess(roles.instances.cluster.role);
    this.dnsName = `${fileSystem.fileSystemId}.efs.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }
}
