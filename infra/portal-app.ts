import type { App } from 'aws-cdk-lib';
import { Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { StageConfig } from './stage-config.ts';
import { EmrStack } from './stacks/emr-stack.ts';
import { PortalStack } from './stacks/portal-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { WebsiteStack } from './stacks/website-stack.ts';

export interface PortalStacks {
  readonly website: WebsiteStack;
  readonly storage: StorageStack;
  readonly emr: EmrStack;
  readonly portal: PortalStack;
}

/**
 * The stacks of one stage, each referring only to those before it: website, storage, EMR, portal. They name no account and no
 * Region, so that a synthesis needs neither.
 */
export const addPortal = (app: App, config: StageConfig): PortalStacks => {
  const { environment } = config;
  const named = (part: string) => ({
    config,
    stackName: `atmo-${environment}-${part}`,
    description: `ATMO ${environment}: ${part}`,
  });
  const website = new WebsiteStack(app, 'website', named('website'));
  const { portalUrl, publicResults, httpApi } = website;
  const storage = new StorageStack(app, 'storage', { ...named('storage'), portalUrl, publicResults });
  const { table, files } = storage;
  const emr = new EmrStack(app, 'emr', named('emr'));
  // It names the buckets instead of referring to them.
  emr.addStackDependency(storage);
  const { clusters } = emr;
  const portal = new PortalStack(app, 'portal', { ...named('portal'), httpApi, portalUrl, table, files, clusters });
  Tags.of(app).add('Application', 'ATMO');
  Tags.of(app).add('Environment', environment);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { website, storage, emr, portal };
};
