import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DataBucket } from '../constructs/data-bucket.ts';
import { PortalApi } from '../constructs/portal-api.ts';
import { PortalPages } from '../constructs/portal-pages.ts';
import { PublicResults } from '../constructs/public-results.ts';
import { portalHeaders, sandboxHeaders } from '../constructs/security-headers.ts';
import { SiteContent } from '../constructs/site-content.ts';
import { signInHost } from '../constructs/sign-in.ts';
import { bucketHost, bucketName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';

interface WebsiteStackProps extends StackProps {
  readonly config: StageConfig;
}

/**
 * What has a domain: pages, public results, and the API still without routes. It comes first and refers to nothing, so that
 * sign-in, origin check and cross-origin rules know the domains within one deployment.
 */
export class WebsiteStack extends Stack {
  readonly httpApi: HttpApi;
  readonly accessLog: ILogGroup;
  readonly portalUrl: string;
  readonly originKey: string;
  readonly publicResults: PublicResults;

  constructor(scope: Construct, id: string, { config, ...props }: WebsiteStackProps) {
    super(scope, id, props);
    const { environment } = config;
    const api = new PortalApi(this, 'Api', { config });
    this.httpApi = api.httpApi;
    this.accessLog = api.accessLog;
    this.publicResults = new PublicResults(this, 'PublicResults', {
      environment,
      bucket: Bucket.fromBucketName(this, 'PublicResultsBucket', bucketName(environment, 'public-results')),
    });
    // The pages are built from the repository: nothing is lost with this bucket.
    const siteBucket = new DataBucket(this, 'SiteBucket', {
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    }) as IBucket;
    const pages = new PortalPages(this, 'Pages', {
      config,
      siteBucket,
      httpApi: this.httpApi,
      headers: portalHeaders(this, 'Headers', {
        environment,
        fileOrigins: [
          ...(['uploads', 'notebooks', 'results', 'logs'] as const).map(
            (purpose) => `https://${bucketHost(environment, purpose)}`,
          ),
          this.publicResults.url,
        ],
        signInOrigin: `https://${signInHost(config)}`,
      }),
      sandboxHeaders: sandboxHeaders(this, 'SandboxHeaders', environment),
    });
    this.portalUrl = pages.url;
    this.originKey = pages.originKey;
    new SiteContent(this, 'Content', { bucket: siteBucket, distribution: pages.distribution });

    new CfnOutput(this, 'PortalUrl', { value: this.portalUrl, description: 'Where people go' });
    new CfnOutput(this, 'DistributionDomain', {
      value: pages.distribution.domainName,
      description: 'What a custom domain points to',
    });
    new CfnOutput(this, 'PublicResultsUrl', { value: this.publicResults.url });
    new CfnOutput(this, 'ApiUrl', {
      value: this.httpApi.apiEndpoint,
      description: 'The API behind the pages’ domain; it answers CloudFront alone',
    });
  }
}
