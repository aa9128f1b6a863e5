import { App, Tags, Validations, type AppProps } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { readStageConfig, type StageConfig } from './stage-config.ts';
import { DEFAULT_STAGE, stages } from './stages.ts';
import { EmrStack } from './stacks/emr-stack.ts';
import { PortalStack } from './stacks/portal-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { WebsiteStack } from './stacks/website-stack.ts';

/** Here rather than in `cdk.json`, so that every way to synthesise gives the same template. */
const FEATURE_FLAGS = {
  ...recommendedFlags,
  // Exports in use can neither change nor go: a custom domain or another network could not be set after the first deployment.
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
};

/**
 * The CDK app with the stacks of the stage that the context names (`-c stage=prod`).
 * @throws InvalidStage
 */
export const portalApp = ({ context, ...props }: AppProps = {}, allStages = stages): App => {
  const app = new App({ analyticsReporting: false, ...props, context: { ...FEATURE_FLAGS, ...context } });
  const stage: unknown = app.node.tryGetContext('stage') ?? DEFAULT_STAGE;
  addPortal(app, readStageConfig(String(stage), allStages));
  return app;
};

/**
 * The stacks of one stage, each referring only to those before it: website, storage, EMR, portal. They name no account and no
 * Region, so that a synthesis needs neither.
 */
const addPortal = (app: App, config: StageConfig): void => {
  const { environment } = config;
  const named = (part: string) => ({
    config,
    stackName: `atmo-${environment}-${part}`,
    description: `ATMO ${environment}: ${part}`,
  });
  const website = new WebsiteStack(app, 'website', named('website'));
  const { portalUrl, originKey, publicResults, httpApi, accessLog } = website;
  const storage = new StorageStack(app, 'storage', { ...named('storage'), portalUrl, publicResults });
  const { table, files } = storage;
  const emr = new EmrStack(app, 'emr', named('emr'));
  // It names the buckets instead of referring to them.
  emr.addStackDependency(storage);
  const { clusters, serverless } = emr;
  new PortalStack(app, 'portal', {
    ...named('portal'),
    httpApi,
    accessLog,
    portalUrl,
    originKey,
    table,
    files,
    clusters,
    serverless,
  });
  Tags.of(app).add('Application', 'ATMO');
  Tags.of(app).add('Environment', environment);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
};
