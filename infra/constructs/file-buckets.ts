import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HttpMethods, type BucketProps, type CorsRule, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Setting } from '../../shared/contract/environment.ts';
import { bucketArn, bucketName, type BucketPurpose } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { DataBucket } from './data-bucket.ts';
import type { PortalFunction } from './portal-function.ts';
import type { PublicResults } from './public-results.ts';

interface FileBucketsProps {
  readonly config: StageConfig;
  readonly portalUrl: string;
  readonly publicResults: PublicResults;
}

/** The files of the portal: uploads, notebooks, results, scripts and logs. */
export class FileBuckets extends Construct {
  private readonly environment: string;
  private readonly publicResultsUrl: string;

  constructor(scope: Construct, id: string, { config, portalUrl, publicResults }: FileBucketsProps) {
    super(scope, id);
    const { environment } = config;
    this.environment = environment;
    this.publicResultsUrl = publicResults.url;
    const readFromPages = [corsFor(portalUrl, [HttpMethods.GET, HttpMethods.HEAD])];
    this.add('uploads', {
      cors: [corsFor(portalUrl, [HttpMethods.POST])],
      // What no job took; the form for an upload is valid for ten minutes.
      lifecycleRules: [{ id: 'Unused', expiration: Duration.days(1) }],
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    this.add('notebooks', {
      versioned: true,
      cors: readFromPages,
      lifecycleRules: [{ id: 'DeleteMarkers', expiredObjectDeleteMarker: true }],
    });
    this.add('results', { ...RECOVERABLE, cors: readFromPages });
    letIn(publicResults, this.add('public-results', RECOVERABLE));
    this.add('emr');
    this.add('logs', {
      ...RECOVERABLE,
      cors: readFromPages,
      lifecycleRules: [
        ...RECOVERABLE.lifecycleRules,
        { id: 'Old', expiration: Duration.days(config.emrLogRetentionDays) },
      ],
    });
  }

  /** Uploads taken in and read; notebooks of jobs kept, handed out, and removed with all their versions. */
  grantManageNotebooks(fn: PortalFunction): void {
    const uploads = bucketArn(this.environment, 'uploads');
    const notebooks = bucketArn(this.environment, 'notebooks');
    fn.permit({
      actions: ['s3:PutObject', 's3:GetObject'],
      resources: [`${uploads}/uploads/*`],
      wildcard: 'Uploads have keys that the function chooses under this prefix.',
    });
    fn.permit({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [`${notebooks}/jobs/*`],
      wildcard: 'Notebooks have keys that the function chooses under this prefix.',
    });
    fn.permit({ actions: ['s3:ListBucket'], resources: [uploads, notebooks] });
    fn.permit({ actions: ['s3:ListBucketVersions'], resources: [notebooks] });
    this.configure(fn, { uploadsBucket: 'uploads', notebooksBucket: 'notebooks' });
  }

  /** A run's parameters, written beside the notebook for the step to read. */
  grantWriteParameters(fn: PortalFunction): void {
    fn.permit({
      actions: ['s3:PutObject'],
      resources: [`${bucketArn(this.environment, 'notebooks')}/jobs/*/parameters.json`],
      wildcard: 'The one file of each run’s parameters.',
    });
    this.configure(fn, { notebooksBucket: 'notebooks' });
  }

  /** How runs ended; to list the buckets lets S3 answer that there is nothing yet. */
  grantReadOutcomes(fn: PortalFunction): void {
    const buckets = [bucketArn(this.environment, 'results'), bucketArn(this.environment, 'public-results')];
    fn.permit({
      actions: ['s3:GetObject'],
      resources: buckets.map((arn) => `${arn}/*/outcome.json`),
      wildcard: 'The one file of each run that says how it ended.',
    });
    fn.permit({ actions: ['s3:ListBucket'], resources: buckets });
    this.configure(fn, { resultsBucket: 'results', publicResultsBucket: 'public-results' });
  }

  /** Public results moved to where private ones are, and results removed with their job. */
  grantWithdrawResults(fn: PortalFunction): void {
    const [results, publicResults] = [
      bucketArn(this.environment, 'results'),
      bucketArn(this.environment, 'public-results'),
    ];
    fn.permit({
      actions: ['s3:GetObject', 's3:DeleteObject'],
      resources: [`${publicResults}/*`],
      wildcard: 'Results have keys that notebooks choose.',
    });
    fn.permit({
      actions: ['s3:PutObject', 's3:DeleteObject'],
      resources: [`${results}/*`],
      wildcard: 'Results have keys that notebooks choose.',
    });
    fn.permit({ actions: ['s3:ListBucket'], resources: [results, publicResults] });
    this.configure(fn, { resultsBucket: 'results', publicResultsBucket: 'public-results' });
  }

  /** Results and logs of runs, to hand out. */
  grantReadRunFiles(fn: PortalFunction): void {
    this.grantReadOutcomes(fn);
    const [results, logs] = [bucketArn(this.environment, 'results'), bucketArn(this.environment, 'logs')];
    fn.permit({
      actions: ['s3:GetObject'],
      resources: [`${results}/*`, `${logs}/jobs/*`],
      wildcard: 'Results and logs have keys that notebooks and EMR choose.',
    });
    fn.permit({
      actions: ['s3:GetObject'],
      resources: [`${bucketArn(this.environment, 'public-results')}/*/progress.json`],
      wildcard: 'The one file of each run that says how far it is.',
    });
    fn.permit({
      actions: ['s3:GetObject'],
      resources: [`${bucketArn(this.environment, 'notebooks')}/jobs/*`],
      wildcard: 'Notebooks of runs, to compare them; their keys are the jobs’ own.',
    });
    fn.permit({ actions: ['s3:ListBucket'], resources: [logs, bucketArn(this.environment, 'notebooks')] });
    this.configure(fn, { logsBucket: 'logs', notebooksBucket: 'notebooks' });
    fn.configure({ publicResultsUrl: this.publicResultsUrl });
  }

  /** What bootstrap actions of people's clusters printed. */
  grantReadBootstrapLogs(fn: PortalFunction): void {
    const logs = bucketArn(this.environment, 'logs');
    fn.permit({
      actions: ['s3:GetObject'],
      resources: [`${logs}/clusters/*/node/*/bootstrap-actions/*`],
      wildcard: 'EMR chooses the keys of logs.',
    });
    fn.permit({
      actions: ['s3:ListBucket'],
      resources: [logs],
      conditions: { StringLike: { 's3:prefix': 'clusters/*/node/*' } },
    });
    this.configure(fn, { logsBucket: 'logs' });
  }

  private configure(fn: PortalFunction, buckets: Partial<Record<Setting, BucketPurpose>>): void {
    for (const [setting, purpose] of Object.entries(buckets)) {
      fn.configure({ [setting]: bucketName(this.environment, purpose) });
    }
    // Only the local stack's S3 has no virtual hosts.
    fn.configure({ s3ForcePathStyle: 'false' });
  }

  private add(purpose: BucketPurpose, { lifecycleRules = [], ...props }: BucketProps = {}): DataBucket {
    return new DataBucket(this, purpose, {
      bucketName: bucketName(this.environment, purpose),
      lifecycleRules: [...lifecycleRules, ABANDONED_PARTS],
      ...props,
    });
  }
}

const ABANDONED_PARTS: LifecycleRule = { id: 'AbandonedParts', abortIncompleteMultipartUploadAfter: Duration.days(2) };

const corsFor = (origin: string, allowedMethods: HttpMethods[]): CorsRule => ({
  allowedMethods,
  allowedOrigins: [origin],
  allowedHeaders: ['*'],
  maxAge: 3600,
});

/** What a run or a cluster writes over or deletes can be brought back for a month. */
const RECOVERABLE = {
  versioned: true,
  lifecycleRules: [{ id: 'Replaced', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true }],
} satisfies BucketProps;

/** The distribution, and nobody else, reads public results. It cannot list them: what is not there is answered 403. */
const letIn = ({ distribution }: PublicResults, bucket: DataBucket): void => {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
    }),
  );
};
