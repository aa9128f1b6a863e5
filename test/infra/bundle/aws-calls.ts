import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import { EMRClient, RunJobFlowCommand } from '@aws-sdk/client-emr';
import { EMRServerlessClient, StartJobRunCommand } from '@aws-sdk/client-emr-serverless';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** An HTTP request or answer, as the SDK's request handlers pass them. */
interface Message {
  readonly [name: string]: unknown;
}

type Send = (settings: Settings) => Promise<unknown>;

export interface Settings {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly requestHandler: { handle(request: Message): Promise<{ response: Message }> };
}

const bucket = { Bucket: 'atmo-results', Key: 'jobs/a b/é.ipynb' };

/** A call of each service that the portal's functions talk to. */
export const CALLS: Readonly<Record<string, Send>> = {
  'client-dynamodb': (settings) =>
    DynamoDBDocumentClient.from(new DynamoDBClient(settings)).send(
      new PutCommand({ TableName: 'atmo', Item: { pk: 'a', size: 3, tags: ['x'] } }),
    ),
  'client-emr': (settings) =>
    new EMRClient(settings).send(new RunJobFlowCommand({ Name: 'atmo', Instances: { InstanceCount: 1 } })),
  'client-emr-serverless': (settings) =>
    new EMRServerlessClient(settings).send(
      new StartJobRunCommand({ applicationId: 'a', clientToken: 't', executionRoleArn: 'arn:aws:iam::1:role/r' }),
    ),
  'client-ec2': (settings) =>
    new EC2Client(settings).send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['a'] }] }),
    ),
  'client-efs': (settings) => new EFSClient(settings).send(new CreateFileSystemCommand({ CreationToken: 't' })),
  'client-scheduler': (settings) => new SchedulerClient(settings).send(new GetScheduleCommand({ Name: 'a' })),
  'client-sfn': (settings) =>
    new SFNClient(settings).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
  'client-sesv2': (settings) =>
    new SESv2Client(settings).send(new SendEmailCommand({ Content: { Raw: { Data: new Uint8Array([1, 2]) } } })),
  'client-sts': (settings) =>
    new STSClient(settings).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/run', RoleSessionName: 'run' }),
    ),
  'client-cognito-identity-provider': (settings) =>
    new CognitoIdentityProviderClient(settings).send(new AdminGetUserCommand({ UserPoolId: 'p', Username: 'u' })),
  'client-s3': (settings) => new S3Client(settings).send(new PutObjectCommand({ ...bucket, Body: 'text' })),
};

const s3 = (settings: Settings, more: S3ClientConfig): S3Client => new S3Client({ ...settings, ...more });

/** More of S3, where buckets have places of their own, bodies have checksums and addresses are signed. */
export const S3_CALLS: Readonly<Record<string, (settings: Settings, more: S3ClientConfig) => Promise<unknown>>> = {
  get: (settings, more) => s3(settings, more).send(new GetObjectCommand(bucket)),
  list: (settings, more) =>
    s3(settings, more).send(new ListObjectVersionsCommand({ Bucket: bucket.Bucket, Prefix: 'jobs/a b/' })),
  copy: (settings, more) =>
    s3(settings, more).send(new CopyObjectCommand({ ...bucket, CopySource: 'atmo-results/from' })),
  deleteMany: (settings, more) =>
    s3(settings, more).send(
      new DeleteObjectsCommand({ Bucket: bucket.Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }),
    ),
  link: (settings, more) => getSignedUrl(s3(settings, more), new GetObjectCommand(bucket), { expiresIn: 60 }),
  upload: (settings, more) =>
    createPresignedPost(s3(settings, more), { ...bucket, Conditions: [['content-length-range', 0, 9]], Expires: 60 }),
};
