import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EmrClusters } from '../constructs/emr-clusters.ts';
import { EmrServerless } from '../constructs/emr-serverless.ts';
import type { StageConfig } from '../stage-config.ts';

interface EmrStackProps extends StackProps {
  readonly config: StageConfig;
}

/** Where clusters and job runs are, and what they may do: network, roles, scripts, home directories. */
export class EmrStack extends Stack {
  readonly clusters: EmrClusters;
  /** Null where the stage has no serverless engine. */
  readonly serverless: EmrServerless | null;

  constructor(scope: Construct, id: string, { config, ...props }: EmrStackProps) {
    super(scope, id, props);
    this.clusters = new EmrClusters(this, 'Clusters', { config });
    this.serverless =
      config.emr.serverless.isEnabled === true ? new EmrServerless(this, 'Serverless', { config }) : null;
  }
}
