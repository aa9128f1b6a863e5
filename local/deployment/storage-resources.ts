import type { TableDefinition } from '../dynamodb.ts';
import type { BucketDefinition } from '../s3.ts';
import type { CorsRule } from '../s3/cors.ts';
import type { Deployment } from './deployment.ts';

/** Files that the deployment copies into a bucket. */
export interface BucketContent {
  readonly bucket: string;
  readonly prefix: string;
  readonly directory: string;
}

export const tablesOf = (deployment: Deployment): TableDefinition[] =>
  deployment.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ physical, properties }) => ({
    TableName: physical.ref,
    AttributeDefinitions: properties['AttributeDefinitions'] as NonNullable<TableDefinition['AttributeDefinitions']>,
    KeySchema: properties['KeySchema'] as NonNullable<TableDefinition['KeySchema']>,
    GlobalSecondaryIndexes: (
      (properties['GlobalSecondaryIndexes'] ?? []) as NonNullable<TableDefinition['GlobalSecondaryIndexes']>
    ).map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  }));

export const bucketsOf = (deployment: Deployment): BucketDefinition[] =>
  deployment.resources('AWS::S3::Bucket').map(({ physical, properties }) => {
    const cors = properties['CorsConfiguration'] as { CorsRules: readonly CorsRule[] } | undefined;
    return { name: physical.ref, cors: cors?.CorsRules ?? [] };
  });

/**
 * What the deployment copies into buckets. Left out are the pages, which are served from their own build, and what a
 * deployment makes only when it publishes it: Python packages for nodes, of which there are none here.
 */
export const bucketContentsOf = (deployment: Deployment): BucketContent[] =>
  deployment.resources('Custom::CDKBucketDeployment').flatMap(({ properties }) => {
    const [key = ''] = properties['SourceObjectKeys'] as string[];
    const directory = deployment.asset(key.replace(/\.zip$/, '')) ?? null;
    const prefix = properties['DestinationBucketKeyPrefix'];
    return typeof prefix === 'string' && directory !== null
      ? [{ bucket: String(properties['DestinationBucketName']), prefix, directory }]
      : [];
  });
