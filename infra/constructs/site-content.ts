import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, Duration, type BundlingOptions } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledgeBucketDeployment } from './cdk-provided.ts';

interface SiteContentProps {
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the pages while synthesising, so that a deployment can never carry yesterday's. */
const builtPages: BundlingOptions = {
  image: DockerImage.fromRegistry('never-pulled'),
  local: {
    tryBundle: (outputDirectory) => {
      const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
      const build = [
        'build',
        'web',
        '--config',
        'web/vite.config.ts',
        '--logLevel',
        'warn',
        '--outDir',
        outputDirectory,
      ];
      const { status } = spawnSync(process.execPath, [vite, ...build], {
        cwd: REPOSITORY,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      if (status !== 0) throw new Error('The pages could not be built; see Vite’s message above.');
      return true;
    },
  },
};

/** The built pages in their bucket: files with a hash in their name for ever, the index page asked for anew each time. */
export class SiteContent extends Construct {
  constructor(scope: Construct, id: string, { bucket, distribution }: SiteContentProps) {
    super(scope, id);
    const source = Source.asset(REPOSITORY, { assetHashType: AssetHashType.OUTPUT, bundling: builtPages });
    const hashed = new BucketDeployment(this, 'HashedFiles', {
      destinationBucket: bucket,
      sources: [source],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
      // A tab that was open before the deployment still loads its own files.
      prune: false,
    });
    const pages = new BucketDeployment(this, 'Pages', {
      destinationBucket: bucket,
      sources: [source],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
      prune: false,
      distribution,
      distributionPaths: ['/', '/index.html', '/sandbox.html'],
    });
    // An index page must never name a file that is not there yet.
    pages.node.addDependency(hashed);
    acknowledgeBucketDeployment(this, bucket);
  }
}
