import type { Setting } from '../../shared/contract/environment.ts';
import { serverlessEngine } from '../../shared/contract/serverless-engine.ts';
import type { RunLaunchers } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { absentLaunch } from './absent-engine.ts';
import { dynamoDbClaimedResources } from './dynamodb-claimed-resources.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { emrRunLaunch, RUN_LAUNCH_SETTINGS } from './emr-run-launch.ts';
import { onDemandApplication } from './emr-serverless-application.ts';
import { emrServerlessClient } from './emr-serverless-client.ts';
import { emrServerlessRunLaunch, SERVERLESS_LAUNCH_SETTINGS } from './emr-serverless-launch.ts';

/** Settings for launching runs on any engine. */
export const RUN_LAUNCHES_SETTINGS = [
  ...RUN_LAUNCH_SETTINGS,
  ...SERVERLESS_LAUNCH_SETTINGS,
] as const satisfies readonly Setting[];

type RunLaunchesSettings = Readonly<Record<(typeof RUN_LAUNCHES_SETTINGS)[number], string>>;

interface RunLaunchesOptions {
  readonly table: DynamoDbTable;
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Launches runs on the engines of the stage. */
export const emrRunLaunches = (
  settings: RunLaunchesSettings,
  { table, clock, newToken, pause }: RunLaunchesOptions,
): RunLaunchers => {
  const engine = serverlessEngine(settings.emrServerless);
  if (engine === null) return { cluster: emrRunLaunch(settings), serverless: absentLaunch };
  const client = emrServerlessClient();
  const applications = dynamoDbClaimedResources(table, { kind: 'serverlessApplication' });
  const { environment } = settings;
  const application = onDemandApplication({ environment, engine, applications, client, clock, newToken, pause });
  return {
    cluster: emrRunLaunch(settings),
    serverless: emrServerlessRunLaunch(settings, { engine, application, client, clock }),
  };
};
