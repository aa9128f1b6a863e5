import { Aws, Stack, Validations } from 'aws-cdk-lib';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EMR_CLUSTER_KINDS, type EmrClusterKind } from '../../shared/domain/emr-name.ts';
import { bucketArn, globalName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit, type Permission } from './permission.ts';

interface EmrRolesProps {
  readonly config: StageConfig;
}

const EMR_SERVICE_POLICY = 'service-role/AmazonEMRServicePolicy_v2';
/** For Spark Connect on clusters in private subnets: EMR puts a load balancer and an endpoint service between its proxy and them. */
const EMR_SESSIONS_POLICY = 'service-role/AmazonEMRServicePolicyForSessions';

/**
 * EMR's own role, which manages instances, and those of the instances, which Spark, notebooks and people on them act with. None
 * reaches the portal's notebooks and results: a run has credentials of its own for that.
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
    for (const kind of EMR_CLUSTER_KINDS) {
      for (const permission of ofNodes(config.environment, kind)) permit(this.instances[kind].role, permission);
    }
    this.service = this.serviceRole(config);
  }

  get all(): readonly Role[] {
    return [this.service, ...Object.values(this.instances).map(({ role }) => role)];
  }

  private serviceRole({ network }: StageConfig): Role {
    const account = Stack.of(this).account;
    const isPrivate = network.kind === 'existing' && network.isPrivate;
    const policies = [EMR_SERVICE_POLICY, ...(isPrivate ? [EMR_SESSIONS_POLICY] : [])];
    const role = new Role(this, 'Service', {
      description: 'EMR manages the instances of clusters with it',
      assumedBy: new ServicePrincipal('elasticmapreduce.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:elasticmapreduce:${Aws.REGION}:${account}:*` },
        },
      }),
      managedPolicies: policies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    permit(role, {
      actions: ['iam:PassRole'],
      resources: Object.values(this.instances).map(({ role: { roleArn } }) => roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    for (const name of policies) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        reason: 'AWS keeps this policy in step with what EMR releases need; it acts only on resources tagged for EMR.',
      });
    }
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
  logs: bucketArn(environment, 'logs'),
  emrLibraries: `arn:${Aws.PARTITION}:s3:::${Aws.REGION}.elasticmapreduce`,
});

/** Where EMR puts the logs of each kind, below the log URI of the launch. */
const LOGS: Readonly<Record<EmrClusterKind, string>> = { cluster: 'clusters', job: 'jobs' };

/** What an instance needs to become a node of a cluster. */
const ofNodes = (environment: string, kind: EmrClusterKind): readonly Permission[] => {
  const { scripts, logs, emrLibraries } = bucketArns(environment);
  return [
    {
      actions: ['s3:GetObject'],
      resources: [`${scripts}/scripts/*`, `${scripts}/wheels/*`, `${emrLibraries}/*`],
      wildcard: 'What clusters run: our scripts and Python packages by content hash, and EMR’s own libraries.',
    },
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${logs}/${LOGS[kind]}/*`],
      wildcard: 'EMR chooses the keys of logs.',
    },
    { actions: ['s3:ListBucket'], resources: [scripts, emrLibraries] },
    { actions: ['s3:GetBucketLocation'], resources: [scripts, logs, emrLibraries] },
  ];
};
