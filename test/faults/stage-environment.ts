import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { ENVIRONMENT as STAGE } from '../fakes/fake-emr.ts';
import { STAGE_SETTINGS } from '../fakes/settings.ts';

const engine: ServerlessEngine = {
  roleArn: 'arn:aws:iam::123456789012:role/job',
  sessionRoleArn: 'arn:aws:iam::123456789012:role/session',
  architecture: 'arm64',
  worker: { vCpu: 4, memoryGb: 16, storageGb: 20 },
  maximumVCpu: 100,
  maximumMemoryGb: 400,
  maxConcurrentRuns: 15,
  queueTimeoutMinutes: 60,
  packages: {} as ServerlessEngine['packages'],
};

/** What the functions read on a cold start: a stage with both engines. */
export const setStageEnvironment = (): void => {
  for (const name of Object.values(ENVIRONMENT)) process.env[name] = '';
  process.env[ENVIRONMENT.environment] = STAGE;
  process.env[ENVIRONMENT.region] = 'us-west-2';
  process.env[ENVIRONMENT.publicUrl] = 'https://atmo.example.com';
  process.env[ENVIRONMENT.stageSettings] = JSON.stringify(STAGE_SETTINGS);
  process.env[ENVIRONMENT.emrServerless] = JSON.stringify(engine);
};
