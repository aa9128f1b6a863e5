import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CreateApplicationCommand,
  EMRServerlessClient,
  GetResourceDashboardCommand,
  GetSessionCommand,
  GetSessionEndpointCommand,
  StartSessionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-emr-serverless';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectUrl } from '../../functions/workloads/connection-text.ts';
import { startLocalEmrServerless, type LocalEmrServerless } from '../../local/emr-serverless/server.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { sparkUiGateway, type SparkUiGateway } from '../../local/spark-ui/gateway.ts';
import { pythonWithClient } from './connect-client.ts';
import { LOCAL_DIRECTORY, sessionExecutorIn } from './spark-stack.ts';

const ROLE = 'arn:aws:iam::123456789012:role/atmo-test-session';
const STARTING_MS = 120_000;

const counting = (address: string): string => `
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote("${address}").getOrCreate()
print("counted", spark.range(10).count())
`;

describe('a session of the local EMR Serverless', () => {
  let directory: string;
  let service: LocalEmrServerless;
  let client: EMRServerlessClient;
  let uis: SparkUiGateway;
  let uiServer: RunningServer;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-sessions-'));
    const server = http.createServer();
    uiServer = await listen(server, 0);
    uis = sparkUiGateway(LOCAL_DIRECTORY, uiServer.url);
    answerRequests(server, uis.serve);
    service = await startLocalEmrServerless({
      port: 0,
      dataDirectory: path.join(directory, 'emr-serverless'),
      publish: () => {},
      writeLog: async () => {},
      sessionExecutor: sessionExecutorIn(directory),
      presignSparkUi: uis.presign,
      region: 'us-west-2',
      accountId: '123456789012',
    });
    client = new EMRServerlessClient({
      region: 'us-west-2',
      endpoint: service.url,
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await service.close();
    await uis.close();
    await uiServer.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const started = async (releaseLabel: string) => {
    const { applicationId = '' } = await client.send(
      new CreateApplicationCommand({
        name: 'atmo-test-job',
        releaseLabel,
        type: 'SPARK',
        interactiveConfiguration: { sessionEnabled: true },
      }),
    );
    await expect.poll(() => ofSession(applicationId), { timeout: 10_000 }).toMatch(/^00/);
    const [{ id: sessionId } = { id: '' }] = service.sessions();
    const stateOf = async () => (await client.send(new GetSessionCommand({ applicationId, sessionId }))).session?.state;
    await expect.poll(stateOf, { timeout: STARTING_MS, interval: 500 }).toMatch(/STARTED|IDLE|FAILED/);
    const mint = async () => {
      const { endpoint = '', authToken = '' } = await client.send(
        new GetSessionEndpointCommand({ applicationId, sessionId }),
      );
      return { endpoint, token: authToken };
    };
    /** Spark's own UI: the application's jobs, as its REST interface tells them, behind the address that is made now. */
    const jobsInUi = async (): Promise<string[]> => {
      const { url = '' } = await client.send(
        new GetResourceDashboardCommand({ applicationId, resourceId: sessionId, resourceType: 'SESSION' }),
      );
      const opened = await fetch(url, { redirect: 'manual' });
      const [cookie = ''] = (opened.headers.get('set-cookie') ?? '').split(';');
      const landing = new URL(opened.headers.get('location') ?? '', url);
      const page = await (await fetch(landing, { headers: { cookie } })).text();
      expect(page).toContain('Spark Jobs');
      const api = new URL(landing.pathname.replace(/history\/([^/]+)\/jobs\/$/, 'api/v1/applications/$1/jobs'), url);
      const jobs = (await (await fetch(api, { headers: { cookie } })).json()) as { status: string }[];
      return jobs.map(({ status }) => status);
    };
    return { applicationId, sessionId, stateOf, mint, jobsInUi };
  };

  /** The id of a new session, as soon as its application takes one. */
  const ofSession = async (applicationId: string): Promise<string> => {
    try {
      const command = new StartSessionCommand({ applicationId, executionRoleArn: ROLE });
      return (await client.send(command)).sessionId ?? '';
    } catch (error) {
      return String(error);
    }
  };

  it.each([
    ['emr-7.13.0', '3.5.6'],
    ['emr-spark-8.0.0', '4.0.2'],
  ])('answers a PySpark client from PyPI, and only with its own token: %s', async (releaseLabel, sparkVersion) => {
    const [session, person] = [await started(releaseLabel), await pythonWithClient({ sparkVersion })];
    const { endpoint, token } = await session.mint();

    const counted = await person.python(`${counting(connectUrl({ endpoint, token }))}print("Spark", spark.version)`);
    expect(counted.output).toContain('counted 10\n');
    expect(counted.output).toContain(`Spark ${sparkVersion}\n`);
    const frames = await person.python(`${counting(connectUrl({ endpoint, token }))}
from pyspark.sql.functions import udf
print("doubled", [row[0] for row in spark.range(3).select(udf(lambda n: n * 2, "long")("id")).collect()])
print("pandas", int(spark.range(4).toPandas()["id"].sum()))
`);
    expect(frames.output).toContain('doubled [0, 2, 4]\n');
    expect(frames.output).toContain('pandas 6\n');

    for (const wrong of ['wrong', `${token.slice(1)}x`]) {
      const refused = await person.python(counting(connectUrl({ endpoint, token: wrong })));
      expect(refused.output).toContain('The token is missing, wrong or expired.');
      expect(refused.output).not.toContain('counted');
    }

    await expect.poll(session.jobsInUi, { timeout: STARTING_MS, interval: 1000 }).toContain('SUCCEEDED');
    const { applicationId, sessionId } = session;
    await client.send(new TerminateSessionCommand({ applicationId, sessionId }));
    await expect.poll(session.stateOf, { timeout: STARTING_MS, interval: 500 }).toBe('TERMINATED');
    expect(await session.jobsInUi()).toContain('SUCCEEDED');
  });
});
