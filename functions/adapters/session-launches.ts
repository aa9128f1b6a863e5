import type { Setting } from '../../shared/contract/environment.ts';
import { serverlessEngine } from '../../shared/contract/serverless-engine.ts';
import type { SessionLaunch } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { absentLaunch } from './absent-engine.ts';
import { dynamoDbClaimedResources } from './dynamodb-claimed-resources.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { onDemandApplication } from './emr-serverless-application.ts';
import { emrServerlessClient } from './emr-serverless-client.ts';
import { emrServerlessSessionLaunch } from './emr-serverless-session-launch.ts';

type SessionLaunchSettings = Readonly<Record<Extract<Setting, 'environment' | 'emrServerless'>, string>>;

interface SessionLaunchesOptions {
  readonly table: DynamoDbTable;
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Starts sessions on the stage's EMR Serverless, where it has one. */
export const emrSessionLaunches = (
  { environment, emrServerless }: SessionLaunchSettings,
  { table, clock, newToken, pause }: SessionLaunchesOptions,
): { readonly connect: SessionLaunch } => {
  const engine = serverlessEngine(emrServerless);
  if (engine === null) return { connect: absentLaunch };
  const client = emrServerlessClient();
  const applications = dynamoDbClaimedResources(table, { kind: 'serverlessApplication' });
  const application = onDemandApplication({ environment, engine, applications, client, clock, newToken, pause });
  const roleArn = engine.sessionRoleArn;
  return { connect: emrServerlessSessionLaunch(environment, { engine, roleArn, application, client, clock }) };
};
