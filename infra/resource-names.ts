import { Aws } from 'aws-cdk-lib';

/** What the buckets hold; each is one bucket. */
export type BucketPurpose = 'uploads' | 'notebooks' | 'results' | 'public-results' | 'emr' | 'logs';

/**
 * A bucket's name, the same in every stack without a reference between them: the pages' security policy names buckets whose
 * cross-origin rules in turn name the pages' domain. And what outlives a deleted stack can be adopted by the next
 * (`cdk deploy --import-existing-resources`).
 */
export const bucketName = (environment: string, purpose: BucketPurpose): string =>
  `atmo-${environment}-${purpose}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

export const bucketArn = (environment: string, purpose: BucketPurpose): string =>
  `arn:${Aws.PARTITION}:s3:::${bucketName(environment, purpose)}`;

/** A name that is unique in the whole account, as CloudFront and IAM ask: of the stage and its Region. */
export const globalName = (environment: string, part: string): string => `atmo-${environment}-${Aws.REGION}-${part}`;

/** The host that a browser uses for a presigned request to the bucket. */
export const bucketHost = (environment: string, purpose: BucketPurpose): string =>
  `${bucketName(environment, purpose)}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`;

/** An ARN in this account and Region. */
export const localArn = (service: string, resource: string): string =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
