import * as z from 'zod';

import type { RunEngine } from '../shared/domain/engine.ts';
import { haveOneArchitecture } from '../shared/domain/instance-type.ts';
import { PRICE_TABLE } from '../shared/domain/price-table.ts';
import { instanceTypeProblem } from '../shared/domain/prices.ts';
import { stageSettings } from './stage-settings.ts';

/** The settings of one stage with their defaults, and its name. */
export interface StageConfig extends z.output<typeof stageSettings> {
  /** Part of every name in the account, and in EMR. */
  readonly environment: string;
  /** Where the CDK deploys to. */
  readonly region: string;
}

/** JSON of the settings that count until an admin saves others, for the functions. */
export const defaultSettings = ({
  emr: { masterInstanceType, coreInstanceType, spot, serverless },
  accountingTags: tags,
  helpLinks: links,
}: Pick<StageConfig, 'emr' | 'accountingTags' | 'helpLinks'>): string => {
  const defaultEngine: RunEngine = serverless.isEnabled === true ? 'serverless' : 'cluster';
  return JSON.stringify({
    masterInstanceType,
    coreInstanceType,
    spot,
    accountingTags: tags,
    helpLinks: links,
    defaultEngine,
  });
};

/** A stage whose settings cannot be deployed; the message names each and what is allowed. */
export class InvalidStage extends Error {
  override readonly name = 'InvalidStage';
}

/** 14 characters: with the longest name of a Region, `us-isof-south-1`, the bucket of public results then has S3's 63 at most. */
const ENVIRONMENT = /^[a-z][a-z0-9-]{0,12}[a-z0-9]$/;
/**
 * Words that follow a stage in names: a cluster `atmo-a-job-cluster-…` would be of two stages, and so would be the bucket
 * `atmo-a-public-results-…`.
 */
const RESERVED_WORD = /(^|-)(cluster|job|public)(-|$)/;

/** Words that Cognito takes in no domain of a user pool, which is named after the stage. */
const RESERVED_BY_COGNITO = /aws|amazon|cognito/;

/** The CDK CLI sets it to the Region that it deploys to, and takes us-east-1 itself where none is configured. */
const deploymentRegion = (): string => process.env['CDK_DEFAULT_REGION'] ?? 'us-east-1';

const isServerlessPriced = (region: string): boolean => PRICE_TABLE.regions[region]?.serverless !== undefined;

/** What to do about instance types that cannot be launched where the stage is deployed, or whose cost nobody could tell. */
const instanceTypeErrors = (
  region: string,
  { masterInstanceType, coreInstanceType, serverless }: StageConfig['emr'],
): string[] => {
  const listed = PRICE_TABLE.regions[region];
  if (listed === undefined) {
    const regions = Object.keys(PRICE_TABLE.regions).join(', ');
    return [`Region ${region} has no prices, only ${regions} have. Add it with \`npm run prices\`.`];
  }
  const problems = Object.entries({ masterInstanceType, coreInstanceType }).flatMap(([field, type]) => {
    const problem = instanceTypeProblem({ ...listed, region }, type);
    return problem === null ? [] : `emr.${field}: ${problem} Or add it with \`npm run prices\`.`;
  });
  if (serverless.isEnabled === true && !isServerlessPriced(region))
    problems.push(
      `emr.serverless: EMR Serverless has no price in ${region}. Switch it off, or add it with \`npm run prices\`.`,
    );
  return haveOneArchitecture(masterInstanceType, coreInstanceType)
    ? problems
    : [...problems, 'emr.coreInstanceType: Choose the architecture of the master: both Graviton, or both x86.'];
};

/** Characters of what a stage lists and functions get as environment variables: Lambda takes 4 kB of all variables together. */
const MAX_LISTED = 1400;

const listedCharacters = (data: z.output<typeof stageSettings>): number =>
  defaultSettings(data).length + data.allowedRemoteGroups.join(',').length;

/**
 * Reads one stage of `stages`, to be deployed to `region`.
 * @throws InvalidStage naming every wrong setting
 */
export const readStageConfig = (
  environment: string,
  stages: Readonly<Record<string, unknown>>,
  region = deploymentRegion(),
): StageConfig => {
  if (!Object.hasOwn(stages, environment)) {
    throw new InvalidStage(
      `There is no stage '${environment}'; infra/stages.ts has ${Object.keys(stages).join(', ')}.`,
    );
  }
  if (!ENVIRONMENT.test(environment)) {
    throw new InvalidStage(`Stage '${environment}': a name has 2 to 14 lower-case letters, digits and inner hyphens.`);
  }
  if (RESERVED_WORD.test(environment)) {
    throw new InvalidStage(`Stage '${environment}': a name does not contain the words 'cluster', 'job' or 'public'.`);
  }
  const { data, error } = stageSettings.safeParse(stages[environment]);
  if (error) throw new InvalidStage(`Stage '${environment}' cannot be deployed:\n${z.prettifyError(error)}`);
  const errors = instanceTypeErrors(region, data.emr);
  if (data.signIn.domainPrefix === null && RESERVED_BY_COGNITO.test(environment))
    errors.push(
      'signIn.domainPrefix: Give one. Cognito refuses the stage’s name in a domain, for aws, amazon or cognito in it.',
    );
  if (listedCharacters(data) > MAX_LISTED)
    errors.push(
      'allowedRemoteGroups, accountingTags, helpLinks: Together they are too long for a function’s environment. Let an admin save tags and links in the portal.',
    );
  if (errors.length > 0) throw new InvalidStage(`Stage '${environment}' cannot be deployed:\n${errors.join('\n')}`);
  const isEnabled = data.emr.serverless.isEnabled ?? isServerlessPriced(region);
  const emr = { ...data.emr, serverless: { ...data.emr.serverless, isEnabled } };
  return { ...data, emr, environment, region };
};
