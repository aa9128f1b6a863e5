import type { ResourceUtilization } from '@aws-sdk/client-emr-serverless';

import type { Setting } from '../../shared/contract/environment.ts';
import { serverlessEngine } from '../../shared/contract/serverless-engine.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { pricesIn } from '../../shared/domain/prices.ts';
import { serverlessCost, serverlessPrice } from '../../shared/domain/serverless-cost.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { absentEngine } from './absent-engine.ts';
import { emrOnEc2 } from './emr-on-ec2.ts';
import { emrServerlessClient } from './emr-serverless-client.ts';
import { emrServerlessEngine } from './emr-serverless-engine.ts';

/** Settings of the engines that runs may be on. */
export const ENGINE_SETTINGS = ['environment', 'region', 'emrServerless'] as const satisfies readonly Setting[];

type EngineSettings = Readonly<Record<(typeof ENGINE_SETTINGS)[number], string>>;

/** The engines of the stage. */
export const emrEngines = ({ environment, region, emrServerless }: EngineSettings, clock: Clock): Engines => {
  const serverless = serverlessEngine(emrServerless);
  const costOf = ({ vCPUHour = 0, memoryGBHour = 0, storageGBHour = 0 }: ResourceUtilization): number =>
    serverless === null
      ? 0
      : serverlessCost(serverlessPrice(pricesIn(PRICE_TABLE, region), serverless.architecture), {
          vCpuHours: vCPUHour,
          memoryGbHours: memoryGBHour,
          storageGbHours: storageGBHour,
        });
  return {
    cluster: emrOnEc2(environment),
    serverless:
      serverless === null
        ? absentEngine
        : emrServerlessEngine(environment, { client: emrServerlessClient(), clock, costOf }),
    connect: absentEngine,
  };
};
