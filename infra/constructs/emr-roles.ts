import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bucketArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit, type Permission } from './permission.ts';

interface EmrRolesProps {
  readonly config: StageConfig;
}

const EMR_SERVICE_POLICY = 'service-role/AmazonEMRServicePolicy_v2';

/** The two roles of a cluster: EMR's own, which manages instances, and the instances', which Spark and people on them have. */
export class EmrRoles extends Construct {
  readonly service: Role;
  readonly instance: Role;
  readonly instanceProfile: InstanceProfile;

  constructor(scope: Construct, id: string, { config }: EmrRolesProps) {
    super(scope, id);
    this.instance = this.instanceRole(config);
    this.instanceProfile = new InstanceProfile(this, 'InstanceProfile', { role: this.instance });
    this.service = this.serviceRole();
  }

  private serviceRole(): Role {
    const account = Stack.of(this).account;
    const role = new Role(this, 'Service', {
      description: 'EMR manages the instances of clusters with it',
      assumedBy: new ServicePrincipal('elasticmapreduce.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:elasticmapreduce:${Aws.REGION}:${account}:*` },
        },
      }),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(EMR_SERVICE_POLICY)],
    });
    permit(role, {
      actions: ['iam:PassRole'],
      resources: [this.instance.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${EMR_SERVICE_POLICY}]`,
      reason: 'AWS keeps this policy in step with what EMR releases need; it acts only on resources tagged for EMR.',
    });
    return role;
  }

  private instanceRole({ emr, environment }: StageConfig): Role {
    const role = new Role(this, 'Instance', {
      description: 'Spark, and the people on a cluster, act with it',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: emr.dataPolicyArns.map((arn, index) =>
        ManagedPolicy.fromManagedPolicyArn(this, `Data${index}`, arn),
      ),
    });
    for (const permission of instancePermissions(environment)) permit(role, permission);
    return role;
  }
}

const instancePermissions = (environment: string): readonly Permission[] => {
  const [scripts, notebooks, results, publicResults, logs] = (
    ['emr', 'notebooks', 'results', 'public-results', 'logs'] as const
  ).map((purpose) => bucketArn(environment, purpose));
  const emrLibraries = `arn:${Aws.PARTITION}:s3:::${Aws.REGION}.elasticmapreduce`;
  return [
    {
      actions: ['s3:GetObject'],
      resources: [`${scripts}/scripts/*`, `${emrLibraries}/*`],
      wildcard: 'What clusters run: our scripts by content hash, and EMR’s own libraries.',
    },
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${notebooks}/jobs/*`],
      wildcard: 'The notebooks of jobs: one instance role serves every job. Uploads are out of reach.',
    },
    {
      // `latest/` is replaced by each run: written, listed, and what the run no longer has removed.
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      resources: [`${results}/*`, `${publicResults}/*`],
      wildcard: 'Results have keys that notebooks choose.',
    },
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${logs}/*`],
      wildcard: 'EMR chooses the keys of logs.',
    },
    {
      actions: ['s3:ListBucket', 's3:GetBucketLocation'],
      resources: [`${scripts}`, `${notebooks}`, `${results}`, `${publicResults}`, `${logs}`, emrLibraries],
    },
  ];
};
