import { Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CachePolicy, Distribution, HttpVersion, PriceClass, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { originAccess } from './origin-access.ts';
import { acknowledgeDistribution } from './portal-pages.ts';
import { publicResultHeaders } from './security-headers.ts';

interface PublicResultsProps {
  readonly environment: string;
  /** Owned by the storage stack, which lets this distribution in. */
  readonly bucket: IBucket;
}

/** Public results on a domain of their own, apart from the portal's cookies. */
export class PublicResults extends Construct {
  readonly distribution: Distribution;
  readonly url: string;

  constructor(scope: Construct, id: string, { environment, bucket }: PublicResultsProps) {
    super(scope, id);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `ATMO ${environment}: public results`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      // There is none: without a name, S3 would answer `/` with the list of everybody's files.
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessControl: originAccess(this, environment, 'public-results'),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // `latest/` changes with every run.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: publicResultHeaders(this, 'Headers', environment),
      },
    });
    this.url = `https://${this.distribution.domainName}`;
    Validations.of(this).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      reason: 'The storage stack, which owns the bucket, lets this distribution in.',
    });
    acknowledgeDistribution(this.distribution);
  }
}
