import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { bucketArn, bucketName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { permit } from './permission.ts';
import type { PortalFunction } from './portal-function.ts';

interface RunRoleProps {
  readonly config: StageConfig;
  /** The one function that may assume it. */
  readonly issuer: PortalFunction;
}

/** What the runs of all jobs may do together. Each gets a session of one hour, narrowed to its own files by the function that issues it. */
export class RunRole extends Construct {
  constructor(scope: Construct, id: string, { config: { environment }, issuer }: RunRoleProps) {
    super(scope, id);
    const notebooks = bucketArn(environment, 'notebooks');
    const results = [bucketArn(environment, 'results'), bucketArn(environment, 'public-results')];
    const role = new Role(this, 'Role', {
      description: 'Runs act with sessions of it, each narrowed to its own files',
      assumedBy: new ArnPrincipal(issuer.roleArn),
    });
    const wildcard = 'One role serves every run: the session policy of each names its own files.';
    permit(role, { actions: ['s3:GetObject'], resources: [`${notebooks}/jobs/*`], wildcard });
    permit(role, {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: results.flatMap((arn) => [`${arn}/*/runs/*`, `${arn}/*/latest/*`]),
      wildcard,
    });
    permit(role, { actions: ['s3:DeleteObject'], resources: results.map((arn) => `${arn}/*/latest/*`), wildcard });
    permit(role, {
      actions: ['s3:ListBucket'],
      resources: results,
      conditions: { StringLike: { 's3:prefix': '*/latest/*' } },
    });
    issuer.permit({ actions: ['sts:AssumeRole'], resources: [role.roleArn] });
    issuer.configure({ runRoleArn: role.roleArn, notebooksBucket: bucketName(environment, 'notebooks') });
  }
}
