import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FileBuckets } from '../constructs/file-buckets.ts';
import { PortalTable } from '../constructs/portal-table.ts';
import type { PublicResults } from '../constructs/public-results.ts';
import type { StageConfig } from '../stage-config.ts';

interface StorageStackProps extends StackProps {
  readonly config: StageConfig;
  readonly portalUrl: string;
  readonly publicResults: PublicResults;
}

/** Everything that outlives the stacks: the table and the buckets. */
export class StorageStack extends Stack {
  readonly table: PortalTable;
  readonly files: FileBuckets;

  constructor(scope: Construct, id: string, { config, portalUrl, publicResults, ...props }: StorageStackProps) {
    super(scope, id, props);
    this.table = new PortalTable(this, 'Table', config);
    this.files = new FileBuckets(this, 'Files', { config, portalUrl, publicResults });
  }
}
