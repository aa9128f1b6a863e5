import { paginateListSessions, StartSessionCommand, type EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { emrName, runTokenIn } from '../../shared/domain/emr-name.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import { emrIdOfSession } from '../../shared/domain/serverless-ids.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { SessionLaunch } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import type { OnDemandApplication } from './emr-serverless-application.ts';
import { tagged } from './emr-serverless-launch.ts';
import { sparkProperties, workerProperties } from './emr-serverless-spark.ts';
import { serverlessLaunch } from './emr-serverless-work.ts';

interface SessionLaunchOptions {
  readonly engine: Pick<ServerlessEngine, 'worker'>;
  /** The role that sessions act with. */
  readonly roleArn: string;
  readonly application: OnDemandApplication;
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
}

/** The StartSession input, without its application. Nothing of it may depend on the clock: a client token goes with one request. */
const requestOf = (
  session: Session,
  environment: string,
  { engine, roleArn }: Pick<SessionLaunchOptions, 'engine' | 'roleArn'>,
) => ({
  clientToken: session.workload.runToken,
  name: emrName({
    environment,
    kind: 'session',
    username: session.owner,
    identifier: session.name,
    runToken: session.workload.runToken,
  }),
  executionRoleArn: roleArn,
  idleTimeoutMinutes: session.idleMinutes,
  configurationOverrides: {
    runtimeConfiguration: [
      {
        classification: 'spark-defaults',
        properties: { ...sparkProperties, ...workerProperties(engine, session.size) },
      },
    ],
  },
  tags: {
    ...session.workload.launchSettings.accountingTags,
    Owner: tagged(session.ownerEmail),
    Name: session.name,
    Environment: environment,
    Application: 'ATMO',
    App: 'atmo',
    Type: 'session',
  },
});

/** Launches sessions on EMR Serverless. @param environment name of the stage */
export const emrServerlessSessionLaunch = (environment: string, options: SessionLaunchOptions): SessionLaunch => {
  const { client } = options;
  return serverlessLaunch<Session>(options, {
    async start(applicationId, session) {
      const request = { applicationId, ...requestOf(session, environment, options) };
      const { sessionId } = await client.send(new StartSessionCommand(request));
      if (sessionId === undefined) throw new AwsFailed('The response of EMR Serverless has no session id.');
      return emrIdOfSession({ applicationId, sessionId });
    },
    async startedBefore(applicationId, { workload }) {
      const createdAtAfter = new Date(plusMinutes(workload.claimedAt, -1));
      for await (const { sessions = [] } of paginateListSessions({ client }, { applicationId, createdAtAfter })) {
        const known = sessions.find(({ name = '' }) => runTokenIn(name, environment) === workload.runToken);
        if (known?.sessionId !== undefined) return emrIdOfSession({ applicationId, sessionId: known.sessionId });
      }
      return null;
    },
  });
};
