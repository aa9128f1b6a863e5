import { S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { globalName } from '../resource-names.ts';

/** Lets one distribution, and nobody else, sign its requests to a bucket; named by stage and Region, which the CDK's own names lack. */
export const originAccess = (scope: Construct, environment: string, part: string): S3OriginAccessControl =>
  new S3OriginAccessControl(scope, 'OriginAccess', { originAccessControlName: globalName(environment, part) });
