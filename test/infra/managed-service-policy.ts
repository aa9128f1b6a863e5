import type { Statement } from './iam.ts';

const TAGGED = { StringEquals: { 'aws:ResourceTag/for-use-with-amazon-emr-managed-policies': 'true' } };

/** What AmazonEMRServicePolicy_v2 says about security groups (as published in November 2026); the rest of it is about other things. */
export const GROUPS_IN_EMRS_POLICY: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: [
      'ec2:CreateNetworkInterface',
      'ec2:RunInstances',
      'ec2:CreateFleet',
      'ec2:CreateLaunchTemplate',
      'ec2:CreateLaunchTemplateVersion',
    ],
    Resource: ['arn:aws:ec2:*:*:subnet/*', 'arn:aws:ec2:*:*:security-group/*'],
    Condition: TAGGED,
  },
  {
    Effect: 'Allow',
    Action: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    Resource: '*',
    Condition: TAGGED,
  },
];
