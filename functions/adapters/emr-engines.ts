import type { ResourceUtilization } from '@aws-sdk/client-emr-serverless';

import type { Setting } from '../../shared/contract/environment.ts';
import { serverlessEngine } from '../../shared/contract/serverless-engine.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { pricesIn } from '../../shared/domain/prices.ts';
import { serverlessCost, serverlessPrice } from '../../shared/domain/serverless-cost.ts';
import type { EmrEngine, Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { absentEngine } from './absent-engine.ts';
import { emrOnEc2 } from './emr-on-ec2.ts';
import { emrServerlessClient } from './emr-serverless-client.ts';
import { emrServerlessEngine } from './emr-serverless-engine.ts';
import { emrServerlessSessions } from './emr-serverless-sessions.ts';

/** Settings of the engines that runs and sessions may be on. */
export const ENGINE_SETTINGS = ['environment', 'region', 'emrServerless'] as const satisfies readonly Setting[];

type EngineSettings = Readonly<Record<(typeof ENGINE_SETTINGS)[number], string>>;

/** What adapters of the stage's EMR Serverless need; null where it has none. */
const serverlessOptions = (
  { region, emrServerless }: Pick<EngineSettings, 'region' | 'emrServerless'>,
  clock: Clock,
) => {
  const serverless = serverlessEngine(emrServerless);
  if (serverless === null) return null;
  const costOf = ({ vCPUHour = 0, memoryGBHour = 0, storageGBHour = 0 }: ResourceUtilization): number =>
    serverlessCost(serverlessPrice(pricesIn(PRICE_TABLE, region), serverless.architecture), {
      vCpuHours: vCPUHour,
      memoryGbHours: memoryGBHour,
      storageGbHours: storageGBHour,
    });
  return { client: emrServerlessClient(), clock, costOf };
};

/** Where sessions run. */
export const sessionEngine = (settings: EngineSettings, clock: Clock): EmrEngine => {
  const options = serverlessOptions(settings, clock);
  return options === null ? absentEngine : emrServerlessSessions(settings.environment, options);
};

/** The engines of the stage. */
export const emrEngines = (settings: EngineSettings, clock: Clock): Engines => {
  const { environment } = settings;
  const options = serverlessOptions(settings, clock);
  return {
    cluster: emrOnEc2(environment),
    serverless: options === null ? absentEngine : emrServerlessEngine(environment, options),
    connect: sessionEngine(settings, clock),
  };
};
