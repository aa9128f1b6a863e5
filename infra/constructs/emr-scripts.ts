import { fileURLToPath } from 'node:url';
import { FileSystem } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { bucketName } from '../resource-names.ts';
import { acknowledgeBucketDeployment } from './cdk-provided.ts';
import { COPYING, EmrWheels } from './emr-wheels.ts';

const FOLDER = fileURLToPath(new URL('../../emr', import.meta.url));
const exclude = ['**/__pycache__', '**/*.pyc', '.venv', '.pytest_cache', '.ruff_cache', '.mypy_cache'];

/** The folder `emr/` in the EMR bucket, under the hash of its content: a running job keeps the scripts that it began with. */
export class EmrScripts extends Construct {
  /** `s3://<bucket>/scripts/<content hash>` */
  readonly uri: string;

  constructor(scope: Construct, id: string, { environment }: { readonly environment: string }) {
    super(scope, id);
    const bucket = Bucket.fromBucketName(this, 'Bucket', bucketName(environment, 'emr'));
    const prefix = `scripts/${FileSystem.fingerprint(FOLDER, { exclude }).slice(0, 16)}`;
    new BucketDeployment(this, 'Deployment', {
      ...COPYING,
      destinationBucket: bucket,
      destinationKeyPrefix: prefix,
      sources: [Source.asset(FOLDER, { exclude })],
      prune: false,
      retainOnDelete: true,
    });
    new EmrWheels(this, 'Wheels', { bucket });
    acknowledgeBucketDeployment(this, bucket);
    this.uri = `s3://${bucket.bucketName}/${prefix}`;
  }
}
