import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EmrClusters } from '../constructs/emr-clusters.ts';
import type { StageConfig } from '../stage-config.ts';

interface EmrStackProps extends StackProps {
  readonly config: StageConfig;
}

/** Where clusters run and what they may do: network, roles, scripts, home directories. */
export class EmrStack extends Stack {
  readonly clusters: EmrClusters;

  constructor(scope: Construct, id: string, { config, ...props }: EmrStackProps) {
    super(scope, id, props);
    this.clusters = new EmrClusters(this, 'Clusters', { config });
  }
}
