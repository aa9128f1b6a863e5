import { EMR_MANAGED_TAG, runTimeTags } from '../../shared/contract/run-time-resources.ts';
import { localArn } from '../resource-names.ts';
import type { EmrNetwork } from './emr-network.ts';
import type { PortalFunction } from './portal-function.ts';
import { tagConditions } from './tag-conditions.ts';

interface ClusterGroupsProps {
  readonly environment: string;
  readonly network: EmrNetwork;
}

/**
 * Lets a function make the security groups of people's clusters and runs: in the stage's VPC only, with the portal's tags. It opens
 * only groups that carry them, so none of CloudFormation's and none of another stage.
 */
export const permitClusterGroups = (fn: PortalFunction, { environment, network }: ClusterGroupsProps): void => {
  const groups = [localArn('ec2', 'security-group/*')];
  const vpc = localArn('ec2', `vpc/${network.vpc.vpcId}`);
  const tags = runTimeTags(environment);
  const requested = tagConditions('RequestTag', { ...tags, [EMR_MANAGED_TAG.key]: EMR_MANAGED_TAG.value });
  const wildcard = 'EC2 chooses the ids of groups; the tags that the portal gives to its own are the limit.';
  fn.permit({
    actions: ['ec2:DescribeSecurityGroups'],
    resources: ['*'],
    wildcard: 'DescribeSecurityGroups knows no resource.',
  });
  // EC2 asks for both: the VPC that the group is in, and the group itself.
  fn.permit({ actions: ['ec2:CreateSecurityGroup'], resources: [vpc] });
  fn.permit({
    actions: ['ec2:CreateSecurityGroup'],
    resources: groups,
    conditions: { StringEquals: requested },
    wildcard,
  });
  fn.permit({
    actions: ['ec2:CreateTags'],
    resources: groups,
    conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...requested } },
    wildcard,
  });
  fn.permit({
    actions: ['ec2:AuthorizeSecurityGroupIngress'],
    resources: groups,
    conditions: { StringEquals: tagConditions('ResourceTag', tags), ArnEquals: { 'ec2:Vpc': vpc } },
    wildcard,
  });
  fn.configure({ emrVpcId: network.vpc.vpcId, emrUsesServiceAccess: String(network.usesServiceAccess) });
};
