import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { RELEASE_FAMILIES, type ReleaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { bucketName } from '../resource-names.ts';
import type { StageConfig } from '../stage-config.ts';
import { folderOf } from '../wheels/wheel-sets.ts';
import { archiveName, packagesHash, packagesOf } from '../wheels/serverless-packages.ts';
import { acknowledgeBucketDeployment } from './cdk-provided.ts';
import { COPYING } from './emr-wheels.ts';

const COMMAND = fileURLToPath(new URL('../wheels/packages.ts', import.meta.url));

/**
 * The Python packages of job runs in the EMR bucket, one archive for each release family, as `packages/<hash>/…`: nothing is
 * installed at run time. The CDK makes them of the wheels of cluster nodes when it publishes the assets.
 */
export class ServerlessPackages extends Construct {
  /** `s3://…` of each family's archive. */
  readonly uris: Readonly<Record<ReleaseFamily, string>>;

  constructor(scope: Construct, id: string, { environment, emr }: StageConfig) {
    super(scope, id);
    const bucket = Bucket.fromBucketName(this, 'Bucket', bucketName(environment, 'emr'));
    const uriOf = (family: ReleaseFamily): string => {
      const set = packagesOf(family, emr.serverless.architecture);
      const { bucketName: assets, objectKey } = Stack.of(this).synthesizer.addFileAsset({
        sourceHash: packagesHash(set),
        executable: [process.execPath, COMMAND, family, folderOf(set)],
      });
      const source = this.node.tryFindChild('Assets') ?? Bucket.fromBucketName(this, 'Assets', assets);
      const prefix = `packages/${packagesHash(set).slice(0, 16)}`;
      new BucketDeployment(this, family, {
        ...COPYING,
        destinationBucket: bucket,
        destinationKeyPrefix: prefix,
        sources: [Source.bucket(source as IBucket, objectKey)],
        prune: false,
        retainOnDelete: true,
      });
      return `s3://${bucket.bucketName}/${prefix}/${archiveName(set)}`;
    };
    this.uris = Object.fromEntries(RELEASE_FAMILIES.map((family) => [family, uriOf(family)])) as Record<
      ReleaseFamily,
      string
    >;
    acknowledgeBucketDeployment(this, bucket);
  }
}
