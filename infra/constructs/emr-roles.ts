import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { bucketArn, globalName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit, type Permission } from './permission.ts';

interface EmrRolesProps {
  readonly config: StageConfig;
}

const EMR_SERVICE_POLICY = 'service-role/AmazonEMRServicePolicy_v2';

/**
 * EMR's own role, which manages instances, and those of the instances, which Spark and people on them act with: whoever has a
 * cluster is not let at the notebooks and results of jobs.
 */
export class EmrRoles extends Construct {
  readonly service: Role;
  readonly instances: Readonly<Record<EmrClusterKind, { readonly role: Role; readonly profile: InstanceProfile }>>;

  constructor(scope: Construct, id: string, { config }: EmrRolesProps) {
    super(scope, id);
    this.instances = {
      cluster: this.instancesOf('cluster', 'Spark, and the people on a cluster, act with it', config),
      job: this.instancesOf('job', 'Spark jobs act with it', config),
    };
    const { environment } = config;
    for (const permission of everywhere(environment)) {
      for (const { role } of Object.values(this.instances)) permit(role, permission);
    }
    for (const permission of onlyForJobs(environment)) permit(this.instances.job.role, permission);
    this.service = this.serviceRole();
  }

  get all(): readonly Role[] {
    return [this.service, ...Object.values(this.instances).map(({ role }) => role)];
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
      resources: Object.values(this.instances).map(({ role: { roleArn } }) => roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${EMR_SERVICE_POLICY}]`,
      reason: 'AWS keeps this policy in step with what EMR releases need; it acts only on resources tagged for EMR.',
    });
    return role;
  }

  private instancesOf(kind: EmrClusterKind, description: string, { environment, emr }: StageConfig) {
    const id = kind === 'cluster' ? 'Cluster' : 'Job';
    // EMR's guide asks for one name: EMR looks for the role by the name of the profile.
    const name = globalName(environment, `${kind}-node`);
    const role = new Role(this, id, {
      roleName: name,
      description,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: emr.dataPolicyArns.map((arn, index) =>
        ManagedPolicy.fromManagedPolicyArn(this, `${id}Data${index}`, arn),
      ),
    });
    for (const arn of emr.dataPolicyArns) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::${arn}]`,
        reason: 'The settings name it: what Spark may read and write of the data is the account’s to decide.',
      });
    }
    return { role, profile: new InstanceProfile(this, `${id}Profile`, { role, instanceProfileName: name }) };
  }
}

const bucketArns = (environment: string) => ({
  scripts: bucketArn(environment, 'emr'),
  notebooks: bucketArn(environment, 'notebooks'),
  results: [bucketArn(environment, 'results'), bucketArn(environment, 'public-results')],
  logs: bucketArn(environment, 'logs'),
  emrLibraries: `arn:${Aws.PARTITION}:s3:::${Aws.REGION}.elasticmapreduce`,
});

/** What an instance needs to become a node of a cluster. */
const everywhere = (environment: string): readonly Permission[] => {
  const { scripts, logs, emrLibraries } = bucketArns(environment);
  return [
    {
      actions: ['s3:GetObject'],
      resources: [`${scripts}/scripts/*`, `${scripts}/wheels/*`, `${emrLibraries}/*`],
      wildcard: 'What clusters run: our scripts and Python packages by content hash, and EMR’s own libraries.',
    },
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${logs}/*`],
      wildcard: 'EMR chooses the keys of logs.',
    },
    { actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [scripts, logs, emrLibraries] },
  ];
};

/** What a run needs: its notebook, and where its results go. */
const onlyForJobs = (environment: string): readonly Permission[] => {
  const { notebooks, results } = bucketArns(environment);
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [`${notebooks}/jobs/*`],
      wildcard: 'The notebooks of jobs: one role serves every job. Uploads are out of reach.',
    },
    {
      // `latest/` is replaced by each run: written, listed, and what the run no longer has removed.
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      resources: results.map((arn) => `${arn}/*`),
      wildcard: 'Results have keys that notebooks choose.',
    },
    { actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [notebooks, ...results] },
  ];
};
