import { Aws, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { bucketArn, globalName, localArn } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit, type Permission } from './permission.ts';
import type { PortalFunction } from './portal-function.ts';
import { ServerlessPackages } from './serverless-packages.ts';

interface EmrServerlessProps {
  readonly config: StageConfig;
}

const APPLICATIONS = localArn('emr-serverless', '/applications/*');
const JOB_RUNS = localArn('emr-serverless', '/applications/*/jobruns/*');
const SESSIONS = localArn('emr-serverless', '/applications/*/sessions/*');
const EMR_CHOOSES = 'The ids of applications, job runs and sessions are EMR’s choice; their tags are the limit.';
const SERVICE = 'emr-serverless.amazonaws.com';
const SERVICE_LINKED = 'ops.emr-serverless.amazonaws.com';

/**
 * What job runs on EMR Serverless need, and the permissions to launch, follow and end them. Their applications are made at run
 * time, one for each release that a run asks for.
 */
export class EmrServerless extends Construct {
  private readonly config: StageConfig;
  private readonly role: Role;
  private readonly sessionRole: Role;
  private readonly packages: ServerlessPackages;

  constructor(scope: Construct, id: string, { config }: EmrServerlessProps) {
    super(scope, id);
    this.config = config;
    this.role = this.jobRole();
    this.sessionRole = this.roleOfSessions();
    this.packages = new ServerlessPackages(this, 'Packages', config);
  }

  /** For functions of a stage that has no serverless engine. */
  static configureAbsence(fn: PortalFunction): void {
    fn.configure({ emrServerless: '' });
  }

  configure(fn: PortalFunction): void {
    const { architecture, worker, ...limits } = this.config.emr.serverless;
    const { maximumVCpu, maximumMemoryGb, maxConcurrentRuns, queueTimeoutMinutes } = limits;
    const engine: ServerlessEngine = {
      roleArn: this.role.roleArn,
      sessionRoleArn: this.sessionRole.roleArn,
      architecture,
      worker,
      maximumVCpu,
      maximumMemoryGb,
      maxConcurrentRuns,
      queueTimeoutMinutes,
      packages: this.packages.uris,
    };
    fn.configure({ emrServerless: JSON.stringify(engine) });
  }

  /** Makes applications with our tags, and starts job runs on them with the one role. */
  grantLaunch(fn: PortalFunction): void {
    this.grantApplications(fn);
    this.permitOnOurs(fn, ['emr-serverless:StartJobRun', 'emr-serverless:ListJobRuns'], APPLICATIONS);
    this.permitPassing(fn, this.role);
  }

  /** Starts sessions on our applications with their role, sees and ends them. What opens one is `grantConnect`. */
  grantSessions(fn: PortalFunction): void {
    this.grantApplications(fn);
    this.permitOnOurs(fn, ['emr-serverless:StartSession', 'emr-serverless:ListSessions'], APPLICATIONS);
    this.permitOnOurs(fn, ['emr-serverless:GetSession', 'emr-serverless:TerminateSession'], SESSIONS);
    this.permitPassing(fn, this.sessionRole);
  }

  /** Makes the tokens that open sessions. One function alone has it. */
  grantConnect(fn: PortalFunction): void {
    this.permitOnOurs(fn, ['emr-serverless:GetSessionEndpoint'], SESSIONS);
  }

  /** Finds and makes applications with our tags. */
  private grantApplications(fn: PortalFunction): void {
    fn.permit({
      actions: ['emr-serverless:CreateApplication'],
      resources: ['*'],
      conditions: this.ourTags('RequestTag'),
      wildcard: 'CreateApplication knows no resource; the tags that a request must carry are the limit.',
    });
    fn.permit({
      actions: ['emr-serverless:TagResource'],
      resources: [APPLICATIONS],
      conditions: this.ourTags('RequestTag'),
      wildcard: EMR_CHOOSES,
    });
    this.permitOnOurs(fn, ['emr-serverless:GetApplication'], APPLICATIONS);
    fn.permit({
      actions: ['emr-serverless:ListApplications'],
      resources: ['*'],
      wildcard: 'ListApplications knows no resource.',
    });
    // The first application of an account makes it.
    fn.permit({
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/${SERVICE_LINKED}/AWSServiceRoleForAmazonEMRServerless`,
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': SERVICE_LINKED } },
    });
  }

  /** Sees and cancels job runs of ours. */
  grantFollow(fn: PortalFunction): void {
    this.permitOnOurs(fn, ['emr-serverless:GetJobRun', 'emr-serverless:CancelJobRun'], JOB_RUNS);
  }

  /** Makes addresses of the Spark UIs of our job runs. */
  grantSparkUisOfRuns(fn: PortalFunction): void {
    this.permitOnOurs(fn, ['emr-serverless:GetDashboardForJobRun'], JOB_RUNS);
  }

  /** Makes addresses of the Spark UIs of our sessions. */
  grantSparkUisOfSessions(fn: PortalFunction): void {
    this.permitOnOurs(fn, ['emr-serverless:GetResourceDashboard'], SESSIONS);
  }

  private permitPassing(fn: PortalFunction, role: Role): void {
    fn.permit({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': SERVICE } },
    });
  }

  private permitOnOurs(fn: PortalFunction, actions: readonly string[], resource: string): void {
    fn.permit({ actions, resources: [resource], conditions: this.ourTags('ResourceTag'), wildcard: EMR_CHOOSES });
  }

  private ourTags(tag: 'RequestTag' | 'ResourceTag') {
    return {
      StringEquals: {
        [`aws:${tag}/Application`]: 'ATMO',
        [`aws:${tag}/Environment`]: this.config.environment,
      },
    };
  }

  private jobRole(): Role {
    const { environment } = this.config;
    const description = 'Job runs on EMR Serverless act with it, each narrowed to its own files';
    const role = this.dataRole('Job', { name: 'serverless-job', description });
    for (const permission of ofJobRuns(environment)) permit(role, permission);
    return role;
  }

  /** StartSession takes no policy that would narrow it: its role has the stage's data, and nothing of the portal's. */
  private roleOfSessions(): Role {
    const description = 'Sessions on EMR Serverless act with it: data that the stage opens, nothing of the portal';
    return this.dataRole('Session', { name: 'serverless-session', description });
  }

  /** A role for EMR Serverless, with the data that the stage opens to Spark. */
  private dataRole(id: string, { name, description }: { readonly name: string; readonly description: string }): Role {
    const { environment, emr } = this.config;
    const role = new Role(this, id, {
      roleName: globalName(environment, name),
      description,
      assumedBy: new ServicePrincipal(SERVICE, {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': APPLICATIONS },
        },
      }),
      managedPolicies: emr.dataPolicyArns.map((arn, index) =>
        ManagedPolicy.fromManagedPolicyArn(this, `${id === 'Job' ? '' : id}Data${index}`, arn),
      ),
    });
    for (const arn of emr.dataPolicyArns) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::${arn}]`,
        reason: 'The settings name it: what Spark may read and write of the data is the account’s to decide.',
      });
    }
    return role;
  }
}

/** What the job runs of all jobs may do together: the policy that each is started with names its own files. */
const ofJobRuns = (environment: string): readonly Permission[] => {
  const scripts = bucketArn(environment, 'emr');
  const results = [bucketArn(environment, 'results'), bucketArn(environment, 'public-results')];
  const wildcard = 'One role serves every job run: the policy that each is started with names its own files.';
  const below = (...prefixes: readonly string[]): string[] =>
    results.flatMap((arn) => prefixes.map((prefix) => `${arn}/${prefix}`));
  return [
    {
      actions: ['s3:GetObject'],
      resources: [`${scripts}/scripts/*`, `${scripts}/packages/*`],
      wildcard: 'What job runs execute: our scripts and Python packages by content hash.',
    },
    { actions: ['s3:ListBucket'], resources: [scripts] },
    { actions: ['s3:GetObject'], resources: [`${bucketArn(environment, 'notebooks')}/jobs/*`], wildcard },
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: below('*/runs/*', '*/latest/*'),
      wildcard,
    },
    { actions: ['s3:GetObject'], resources: below('*/runs/*/files/*'), wildcard },
    { actions: ['s3:DeleteObject'], resources: below('*/latest/*', '*/runs/*/files/*'), wildcard },
    {
      actions: ['s3:ListBucket'],
      resources: results,
      conditions: { StringLike: { 's3:prefix': ['*/latest/*', '*/runs/*/files/*'] } },
    },
    {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: [`${bucketArn(environment, 'logs')}/jobs/*`],
      wildcard: 'EMR chooses the keys of logs.',
    },
  ];
};
