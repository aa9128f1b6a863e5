import type { DeployedNetwork } from '../ec2/security-group-store.ts';
import { EVERYTHING_OUT, type Rule } from '../ec2/security-group.ts';
import type { Deployment } from './deployment.ts';

type Properties = Readonly<Record<string, unknown>>;

const tagsOf = ({ Tags = [] }: Properties): Record<string, string> =>
  Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));

const ingressOf = ({ SecurityGroupIngress = [] }: Properties): Rule[] =>
  (SecurityGroupIngress as Properties[]).map((rule) => ({
    direction: 'ingress',
    ipProtocol: String(rule['IpProtocol']),
    fromPort: Number(rule['FromPort'] ?? -1),
    toPort: Number(rule['ToPort'] ?? -1),
    groupId: typeof rule['SourceSecurityGroupId'] === 'string' ? rule['SourceSecurityGroupId'] : null,
    cidr: typeof rule['CidrIp'] === 'string' ? rule['CidrIp'] : null,
  }));

/** VPC, subnets and security groups of the deployment. */
export const networkOf = (deployment: Deployment): DeployedNetwork => ({
  vpcs: deployment
    .resources('AWS::EC2::VPC')
    .map(({ physical, properties }) => ({ id: physical.ref, cidr: String(properties['CidrBlock']) })),
  subnets: deployment.resources('AWS::EC2::Subnet').map(({ physical, properties }) => ({
    id: physical.ref,
    vpcId: String(properties['VpcId']),
    zone: String(properties['AvailabilityZone']),
  })),
  groups: deployment.resources('AWS::EC2::SecurityGroup').map(({ physical, properties }) => ({
    id: physical.attributes['GroupId'] ?? physical.ref,
    name: typeof properties['GroupName'] === 'string' ? properties['GroupName'] : physical.ref,
    description: String(properties['GroupDescription']),
    vpcId: String(properties['VpcId']),
    tags: tagsOf(properties),
    rules: [EVERYTHING_OUT, ...ingressOf(properties)],
  })),
});
