import { rmSync } from 'node:fs';
import { portalApp } from '../../infra/portal-app.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export const STACKS = ['website', 'storage', 'emr', 'portal'] as const;
export type StackName = (typeof STACKS)[number];
export type Templates = Readonly<Record<StackName, StackTemplate>>;

/** The templates of a stage with these settings, as `cdk synth` would write them but for functions and pages, which are not built. */
export const synthesisedAnew = (settings: StageSettings = {}, stage = 'test'): Templates => {
  // The CDK reads this switch from the environment only: its rules and cdk-nag have a test of their own.
  process.env['CDK_VALIDATION'] = 'false';
  const context = { stage, 'aws:cdk:bundling-stacks': [] };
  const assembly = portalApp({ context }, { [stage]: settings }).synth();
  try {
    return Object.fromEntries(
      STACKS.map((name) => [name, assembly.getStackByName(`atmo-${stage}-${name}`).template as StackTemplate]),
    ) as Templates;
  } finally {
    rmSync(assembly.directory, { recursive: true, force: true });
  }
};

const known = new Map<string, Templates>();

/** As `synthesisedAnew`, but once for each settings: a synthesis takes half a second. */
export const synthesised = (settings: StageSettings = {}, stage = 'test'): Templates => {
  const key = JSON.stringify([stage, settings]);
  const templates = known.get(key) ?? synthesisedAnew(settings, stage);
  known.set(key, templates);
  return templates;
};
