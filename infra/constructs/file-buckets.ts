import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HttpMethods, type CorsRule, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketArn, bucketName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { DataBucket } from './data-bucket.ts';
import type { PortalFunction } from './portal-function.ts';
import type { PublicResults } from './public-results.ts';

interface FileBucketsProps {
  readonly config: StageConfig;
  readonly portalUrl: string;
  readonly publicResults: PublicResults;
}

/** Uploads that no job took stay this long; their form is valid for ten minutes. */
const UNUSED_UPLOAD_DAYS = 1;

/** Notebooks, results, scripts and logs. */
export class FileBuckets extends Construct {
  /** Uploads and the notebooks of jobs; a job's run names the version it ran. */
  readonly notebooks: DataBucket;
  readonly results: DataBucket;
  readonly publicResults: DataBucket;
  /** What clusters run: bootstrap action, steps, configuration. */
  readonly emr: DataBucket;
  /** What EMR writes about clusters. */
  readonly logs: DataBucket;
  private readonly environment: string;
  private readonly publicResultsUrl: string;

  constructor(scope: Construct, id: string, { config, portalUrl, publicResults }: FileBucketsProps) {
    super(scope, id);
    const { environment } = config;
    this.environment = environment;
    const abandonedParts: LifecycleRule = {
      id: 'AbandonedParts',
      abortIncompleteMultipartUploadAfter: Duration.days(2),
    };
    const readableFromPages: CorsRule = {
      allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
      allowedOrigins: [portalUrl],
      allowedHeaders: ['*'],
      maxAge: 3600,
    };
    this.notebooks = new DataBucket(this, 'Notebooks', {
      bucketName: bucketName(environment, 'notebooks'),
      versioned: true,
      cors: [{ ...readableFromPages, allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.POST] }],
      lifecycleRules: [
        abandonedParts,
        {
          id: 'UnusedUploads',
          prefix: 'uploads/',
          expiration: Duration.days(UNUSED_UPLOAD_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { id: 'DeleteMarkers', expiredObjectDeleteMarker: true },
      ],
    });
    this.results = new DataBucket(this, 'Results', {
      bucketName: bucketName(environment, 'results'),
      cors: [readableFromPages],
      lifecycleRules: [abandonedParts],
    });
    this.publicResults = new DataBucket(this, 'PublicResults', {
      bucketName: bucketName(environment, 'public-results'),
      lifecycleRules: [abandonedParts],
    });
    this.publicResultsUrl = publicResults.url;
    this.letIn(publicResults);
    this.emr = new DataBucket(this, 'Emr', {
      bucketName: bucketName(environment, 'emr'),
      lifecycleRules: [abandonedParts],
    });
    this.logs = new DataBucket(this, 'Logs', {
      bucketName: bucketName(environment, 'logs'),
      cors: [readableFromPages],
      lifecycleRules: [abandonedParts, { id: 'OldLogs', expiration: Duration.days(config.emrLogRetentionDays) }],
    });
  }

  /** The distribution, and nobody else, reads public results; to list them lets it answer 404 instead of 403. */
  private letIn({ distribution }: PublicResults): void {
    const fromDistribution = {
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
    };
    this.publicResults.addToResourcePolicy(
      new PolicyStatement({
        ...fromDistribution,
        actions: ['s3:GetObject'],
        resources: [this.publicResults.arnForObjects('*')],
      }),
    );
    this.publicResults.addToResourcePolicy(
      new PolicyStatement({
        ...fromDistribution,
        actions: ['s3:ListBucket'],
        resources: [this.publicResults.bucketArn],
      }),
    );
  }

  /** Uploads and the notebooks of jobs: taken in, copied, handed out, and removed with all their versions. */
  grantManageNotebooks(fn: PortalFunction): void {
    const bucket = bucketArn(this.environment, 'notebooks');
    fn.permit({
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [`${bucket}/uploads/*`, `${bucket}/jobs/*`],
      wildcard: 'Uploads and notebooks have keys that the function chooses under these prefixes.',
    });
    fn.permit({ actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [bucket] });
    fn.configure({ notebooksBucket: this.notebooks.bucketName });
  }

  /** A run's parameters, written beside the notebook for the step to read. */
  grantWriteParameters(fn: PortalFunction): void {
    fn.permit({
      actions: ['s3:PutObject'],
      resources: [`${bucketArn(this.environment, 'notebooks')}/jobs/*`],
      wildcard: 'A run’s parameters have a key under the job’s prefix.',
    });
    fn.configure({ notebooksBucket: this.notebooks.bucketName });
  }

  /** Results and logs of runs. */
  grantReadRunFiles(fn: PortalFunction): void {
    const buckets = (['results', 'public-results', 'logs'] as const).map((purpose) =>
      bucketArn(this.environment, purpose),
    );
    fn.permit({
      actions: ['s3:GetObject'],
      resources: buckets.map((arn) => `${arn}/*`),
      wildcard: 'Results and logs have keys that notebooks and EMR choose.',
    });
    fn.permit({ actions: ['s3:ListBucket'], resources: buckets });
    fn.configure({
      resultsBucket: this.results.bucketName,
      publicResultsBucket: this.publicResults.bucketName,
      publicResultsUrl: this.publicResultsUrl,
      logsBucket: this.logs.bucketName,
    });
  }
}
