import type { AppProps } from 'aws-cdk-lib';
import { portalApp } from '../../infra/portal-app.ts';
import type { StageSettings } from '../../infra/stage-config.ts';

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

interface SynthesisOptions {
  /** Whether functions and pages are really built; without, a synthesis takes two seconds. */
  readonly isBundled?: boolean;
  /** Whether the CDK's own rules and cdk-nag look at the templates. */
  readonly isValidated?: boolean;
  readonly app?: AppProps;
}

/** The templates of a stage with these settings, as `cdk synth` would write them. */
export const synthesised = (
  settings: StageSettings = {},
  { isBundled = false, isValidated = false, app = {} }: SynthesisOptions = {},
): Templates => {
  // The CDK reads this switch from the environment only.
  process.env['CDK_VALIDATION'] = String(isValidated);
  const context = { stage: 'test', ...(isBundled ? {} : { 'aws:cdk:bundling-stacks': [] }), ...app.context };
  const assembly = portalApp({ ...app, context }, { test: settings }).synth();
  return Object.fromEntries(
    STACKS.map((name) => [name, assembly.getStackByName(`atmo-test-${name}`).template as StackTemplate]),
  ) as Templates;
};
