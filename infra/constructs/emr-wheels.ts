import { fileURLToPath } from 'node:url';
import { Size, Stack } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { folderOf, lockHash, setHash, wheelSetsOf, type WheelSet } from '../wheels/wheel-sets.ts';

const COMMAND = fileURLToPath(new URL('../wheels/wheels.ts', import.meta.url));

/** The function that copies has the larger family on its disk, packed and unpacked. */
export const COPYING = { ephemeralStorageSize: Size.gibibytes(3) } as const;

/**
 * The Python packages of cluster nodes in the EMR bucket, as `wheels/<hash of the lock>/python<version>-<machine>/`: a
 * launch needs no package registry, and a cluster keeps the packages that it began with. A synthesis needs neither
 * network nor Python: the CDK collects a set when it publishes the assets, once for each content of a lock.
 */
export class EmrWheels extends Construct {
  constructor(scope: Construct, id: string, { bucket }: { readonly bucket: IBucket }) {
    super(scope, id);
    for (const family of RELEASE_FAMILIES) {
      new BucketDeployment(this, family, {
        ...COPYING,
        destinationBucket: bucket,
        destinationKeyPrefix: `wheels/${lockHash(family)}`,
        sources: wheelSetsOf(family).map((set) => this.source(set)),
        prune: false,
        retainOnDelete: true,
      });
    }
  }

  private source(set: WheelSet): ISource {
    const { bucketName, objectKey } = Stack.of(this).synthesizer.addFileAsset({
      sourceHash: setHash(set),
      executable: [process.execPath, COMMAND, set.family, folderOf(set)],
    });
    const assets = this.node.tryFindChild('Assets') ?? Bucket.fromBucketName(this, 'Assets', bucketName);
    return Source.bucket(assets as IBucket, objectKey);
  }
}
