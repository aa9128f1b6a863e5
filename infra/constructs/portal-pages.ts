import { readFileSync } from 'node:fs';
import { Aws, Duration, Validations } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ORIGIN_KEY_HEADER } from '../../shared/contract/environment.ts';
import { globalName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { originAccess } from './origin-access.ts';

interface PortalPagesProps {
  readonly config: StageConfig;
  readonly siteBucket: IBucket;
  readonly httpApi: HttpApi;
  readonly headers: ResponseHeadersPolicy;
  readonly sandboxHeaders: ResponseHeadersPolicy;
}

/** Shows what notebooks wrote: the only file that may run what is in it, with headers of its own. */
const SANDBOX_PATH = '/sandbox.html';

/** Paths that the API answers; everything else is a page. */
const API_PATHS = ['/api/*', '/auth/*', '/__*'];

/** One domain for pages and API, so that there is no cross-origin request and a `__Host-` cookie reaches both. */
export class PortalPages extends Construct {
  readonly distribution: Distribution;
  /** The portal's origin, without a slash at the end. */
  readonly url: string;
  /** Sent to the API with every request: a request without it has gone around CloudFront, and around a firewall in front (ADR 0027). */
  readonly originKey: string;

  constructor(
    scope: Construct,
    id: string,
    { config, siteBucket, httpApi, headers, sandboxHeaders }: PortalPagesProps,
  ) {
    super(scope, id);
    this.originKey = new CachePolicy(this, 'OriginKey', {
      cachePolicyName: globalName(config.environment, 'origin-key'),
      comment: 'Caches nothing: its id is what the API knows CloudFront by',
    }).cachePolicyId;
    const shared = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, responseHeadersPolicy: headers };
    const api: BehaviorOptions = {
      ...shared,
      origin: new HttpOrigin(`${httpApi.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        customHeaders: { [ORIGIN_KEY_HEADER]: this.originKey },
        // An HTTP API gives up after 30 seconds; CloudFront should report its answer, not its own.
        readTimeout: Duration.seconds(31),
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    const pages: BehaviorOptions = {
      ...shared,
      origin: S3BucketOrigin.withOriginAccessControl(siteBucket, {
        originAccessControl: originAccess(this, config.environment, 'pages'),
      }),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `ATMO ${config.environment}: portal`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(config.customDomain && {
        domainNames: [config.customDomain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', config.customDomain.certificateArn),
      }),
      defaultBehavior: {
        ...pages,
        functionAssociations: [{ function: this.pageFallback(config), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        ...Object.fromEntries(API_PATHS.map((path) => [path, api])),
        [SANDBOX_PATH]: { ...pages, responseHeadersPolicy: sandboxHeaders },
      },
    });
    this.url = `https://${config.customDomain?.name ?? this.distribution.domainName}`;
    acknowledgeDistribution(this.distribution);
  }

  /** Mapping errors to the index page instead would turn the API's own 403 and 404 into pages. */
  private pageFallback({ environment }: StageConfig): EdgeFunction {
    return new EdgeFunction(this, 'PageFallback', {
      functionName: globalName(environment, 'page-fallback'),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Answers the paths of the single-page application with its index page',
      code: FunctionCode.fromInline(readFileSync(new URL('page-fallback.js', import.meta.url), 'utf8')),
    });
  }
}

/** Why a distribution of this portal has no geographic fence, firewall, access log or (with CloudFront's own domain) stricter TLS. */
export const acknowledgeDistribution = (distribution: Distribution): void => {
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'Data scientists travel; who may sign in decides, not where from.' },
    {
      id: 'AwsSolutions-CFR2',
      reason:
        'A web ACL costs 5 dollars a month at rest; all but sign-in and heartbeat verify a session, and the API is throttled. Attach one where policy asks for it.',
    },
    {
      id: 'AwsSolutions-CFR3',
      reason: 'The API keeps an access log; a log of page downloads would add storage without use.',
    },
    {
      id: 'AwsSolutions-CFR4',
      reason:
        'The rule asks for a certificate of one’s own: with a custom domain TLS 1.2 is the minimum, on CloudFront’s own domain CloudFront fixes the minimum.',
    },
  );
};
