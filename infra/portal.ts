import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { addPortal } from './portal-app.ts';
import { readStageConfig } from './stage-config.ts';
import { DEFAULT_STAGE, stages } from './stages.ts';

/** Here rather than in `cdk.json`, so that every way to synthesise gives the same template. */
export const featureFlags = {
  ...recommendedFlags,
  // Exports: a stack cannot be deleted from under another one.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

const app = new App({ context: featureFlags, analyticsReporting: false });
const stage: unknown = app.node.tryGetContext('stage') ?? DEFAULT_STAGE;
addPortal(app, readStageConfig(String(stage), stages));
app.synth();
