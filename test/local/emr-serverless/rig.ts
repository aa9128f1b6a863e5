import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CreateApplicationCommand,
  EMRServerlessClient,
  GetApplicationCommand,
  GetJobRunCommand,
  GetSessionCommand,
  StartJobRunCommand,
  StartApplicationCommand,
  StartSessionCommand,
  type CreateApplicationCommandInput,
  type JobRun,
  type Session,
  type StartJobRunCommandInput,
  type StartSessionCommandInput,
} from '@aws-sdk/client-emr-serverless';
import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import { onTestFinished } from 'vitest';
import type { JobRunExecutor } from '../../../local/emr-serverless/job-run-executor.ts';
import type { SessionExecutor } from '../../../local/connect/session-executor.ts';
import { startLocalEmrServerless, type LocalEmrServerless } from '../../../local/emr-serverless/server.ts';
import { noSparkUi } from '../../../local/emulation/presigned-spark-ui.ts';
import type { BusEvent } from '../../../local/events/event-bus.ts';

export const START = Date.parse('2026-03-02T10:00:00Z');

/** A local EMR Serverless on a clock of its own, its real client, and all it told the outside. */
export interface Rig {
  service: LocalEmrServerless;
  /** Never retries. */
  readonly client: EMRServerlessClient;
  readonly newClient: (maxAttempts: number) => EMRServerlessClient;
  readonly clock: Clock;
  readonly directory: string;
  readonly events: BusEvent[];
  /** What was written, unzipped, by URI. */
  readonly logs: Map<string, string>;
  readonly advance: (seconds: number) => Promise<void>;
  /** Lets real I/O and promises go on without time passing. */
  readonly settle: () => Promise<void>;
  readonly restart: (executors?: Executors) => Promise<void>;
  /** A created application's id. */
  readonly application: (changes?: Partial<CreateApplicationCommandInput>) => Promise<string>;
  readonly applicationState: (id: string) => Promise<string | undefined>;
  readonly start: (applicationId: string, changes?: Partial<StartJobRunCommandInput>) => Promise<string>;
  readonly jobRun: (applicationId: string, jobRunId: string) => Promise<JobRun>;
  /** The id of a started application that takes sessions. */
  readonly interactive: (changes?: Partial<CreateApplicationCommandInput>) => Promise<string>;
  readonly startSession: (applicationId: string, changes?: Partial<StartSessionCommandInput>) => Promise<string>;
  readonly session: (applicationId: string, sessionId: string) => Promise<Session>;
}

interface Executors {
  readonly executor?: JobRunExecutor;
  readonly sessionExecutor?: SessionExecutor;
}

let tokens = 0;
const newToken = (): string => `token-${(tokens += 1)}`;

export const jobRunInput = (
  applicationId: string,
  changes: Partial<StartJobRunCommandInput> = {},
): StartJobRunCommandInput => ({
  applicationId,
  clientToken: newToken(),
  name: 'atmo-test-job-alice-daily-0123456789',
  executionRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-job',
  jobDriver: {
    sparkSubmit: {
      entryPoint: 's3://emr/scripts/0123/serverless/run_notebook.py',
      entryPointArguments: ['--run-id', 'r1'],
      sparkSubmitParameters:
        '--conf spark.driver.cores=2 --conf spark.driver.memory=6g --conf spark.driver.memoryOverhead=2g --conf spark.executor.cores=4 --conf spark.executor.memory=14g --conf spark.executor.memoryOverhead=2g --conf spark.dynamicAllocation.maxExecutors=2',
    },
  },
  configurationOverrides: {
    monitoringConfiguration: { s3MonitoringConfiguration: { logUri: 's3://logs/jobs/daily/' } },
  },
  ...changes,
});

export const sessionInput = (
  applicationId: string,
  changes: Partial<StartSessionCommandInput> = {},
): StartSessionCommandInput => ({
  applicationId,
  clientToken: newToken(),
  name: 'atmo-test-session-alice-analysis-0123456789',
  executionRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-session',
  configurationOverrides: {
    runtimeConfiguration: [
      {
        classification: 'spark-defaults',
        properties: {
          'spark.driver.cores': '2',
          'spark.driver.memory': '6g',
          'spark.driver.memoryOverhead': '2g',
          'spark.executor.cores': '4',
          'spark.executor.memory': '14g',
          'spark.executor.memoryOverhead': '2g',
          'spark.dynamicAllocation.maxExecutors': '2',
        },
      },
    ],
  },
  ...changes,
});

const TURNS_OF_REAL_IO = 20;

export const startRig = async (executors: Executors = {}, presignSparkUi = noSparkUi): Promise<Rig> => {
  const realImmediate = setImmediate;
  const clock = FakeTimers.install({
    now: START,
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
    shouldClearNativeTimers: true,
  });
  const directory = await mkdtemp(join(tmpdir(), 'local-emr-serverless-'));
  const events: BusEvent[] = [];
  const logs = new Map<string, string>();

  const start = async (given: Executors): Promise<LocalEmrServerless> => {
    const service = await startLocalEmrServerless({
      port: 0,
      dataDirectory: directory,
      publish: (event) => void events.push(event),
      writeLog: async (uri, body) => void logs.set(uri, gunzipSync(body).toString()),
      ...given,
      presignSparkUi,
      region: 'us-west-2',
      accountId: '123456789012',
    });
    service.control({ rateLimits: false });
    return service;
  };

  const newClient = (maxAttempts: number): EMRServerlessClient =>
    new EMRServerlessClient({
      region: 'us-west-2',
      endpoint: async () => {
        const { hostname, port } = new URL(rig.service.url);
        return { protocol: 'http:', hostname, port: Number(port), path: '/' };
      },
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
      maxAttempts,
    });
  const client = newClient(1);

  const rig: Rig = {
    service: await start(executors),
    client,
    newClient,
    clock,
    directory,
    events,
    logs,
    advance: async (seconds) => void (await clock.tickAsync(seconds * 1000)),
    settle: async () => {
      for (let turn = 0; turn < TURNS_OF_REAL_IO; turn += 1) await new Promise((resolve) => realImmediate(resolve));
    },
    restart: async (next = {}) => {
      await rig.service.close();
      rig.service = await start(next);
    },
    application: async (changes) => {
      const { applicationId = '' } = await client.send(
        new CreateApplicationCommand({
          clientToken: newToken(),
          name: 'atmo-test-job-7.13.0',
          releaseLabel: 'emr-7.13.0',
          type: 'SPARK',
          ...changes,
        }),
      );
      await rig.advance(1);
      return applicationId;
    },
    applicationState: async (applicationId) =>
      (await client.send(new GetApplicationCommand({ applicationId }))).application?.state,
    start: async (applicationId, changes) => {
      const { jobRunId = '' } = await client.send(new StartJobRunCommand(jobRunInput(applicationId, changes)));
      return jobRunId;
    },
    jobRun: async (applicationId, jobRunId) => {
      const { jobRun } = await client.send(new GetJobRunCommand({ applicationId, jobRunId }));
      if (jobRun === undefined) throw new Error('no job run was described');
      return jobRun;
    },
    interactive: async (changes) => {
      const applicationId = await rig.application({ interactiveConfiguration: { sessionEnabled: true }, ...changes });
      await client.send(new StartApplicationCommand({ applicationId }));
      await rig.advance(1);
      return applicationId;
    },
    startSession: async (applicationId, changes) => {
      const { sessionId = '' } = await client.send(new StartSessionCommand(sessionInput(applicationId, changes)));
      return sessionId;
    },
    session: async (applicationId, sessionId) => {
      const { session } = await client.send(new GetSessionCommand({ applicationId, sessionId }));
      if (session === undefined) throw new Error('no session was described');
      return session;
    },
  };

  onTestFinished(async () => {
    client.destroy();
    await rig.service.close();
    clock.uninstall();
    await rm(directory, { recursive: true });
  });
  return rig;
};

/** States in the order they were announced, of one job run or application. */
export const announced = ({ events }: Rig, id: string): string[] =>
  events
    .map(({ detail }) => detail as Record<string, string>)
    .filter(({ jobRunId, applicationId }) => (jobRunId ?? applicationId) === id)
    .map(({ state = '' }) => state);

/** The name and message of the error that a call is refused with. */
export const refusal = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error('the call was not refused');
};
