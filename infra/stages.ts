import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StageSettings } from './stage-settings.ts';

/** The deployments there are; `cdk … -c stage=<name>` chooses one. What a stage leaves out has the default of `stage-config.ts`. */
export const stages: Readonly<Record<string, StageSettings>> = {
  dev: {},
  prod: {
    logRetentionDays: RetentionDays.ONE_YEAR,
  },
};

export const DEFAULT_STAGE = 'dev';
