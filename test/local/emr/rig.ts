import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CreatePersistentAppUICommand,
  DescribeClusterCommand,
  EMRClient,
  ListStepsCommand,
  RunJobFlowCommand,
  TerminateJobFlowsCommand,
  type Cluster,
  type RunJobFlowCommandInput,
  type StepConfig,
  type StepSummary,
} from '@aws-sdk/client-emr';
import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import { onTestFinished } from 'vitest';
import type { EmrEvent } from '../../../local/emr/events.ts';
import { startLocalEmr, type LocalEmr, type LocalEmrOptions } from '../../../local/emr/server.ts';
import type { StepExecutor } from '../../../local/emr/step-executor.ts';

export const START = Date.parse('2026-03-02T10:00:00Z');

/** A local EMR on a clock of its own, its real client, and all it told the outside. */
export interface Rig {
  emr: LocalEmr;
  /** Never retries. */
  readonly client: EMRClient;
  readonly newClient: (maxAttempts: number) => EMRClient;
  readonly clock: Clock;
  readonly directory: string;
  readonly events: EmrEvent[];
  /** What was written, unzipped, by URI. */
  readonly logs: Map<string, string>;
  readonly problems: string[];
  readonly advance: (seconds: number) => Promise<void>;
  /** Lets real I/O and promises go on without time passing. */
  readonly settle: () => Promise<void>;
  readonly restart: (executor?: StepExecutor) => Promise<void>;
  readonly launch: (changes?: Partial<RunJobFlowCommandInput>) => Promise<string>;
  readonly terminate: (id: string) => Promise<void>;
  /** Makes so many persistent UIs of a cluster. */
  readonly fillPersistentUis: (id: string, count: number) => Promise<void>;
  readonly describe: (id: string) => Promise<Cluster>;
  /** In the order they were added. */
  readonly steps: (id: string) => Promise<StepSummary[]>;
}

export const step = (name: string, changes: Partial<StepConfig> = {}): StepConfig => ({
  Name: name,
  ActionOnFailure: 'TERMINATE_CLUSTER',
  HadoopJarStep: {
    Jar: 's3://us-west-2.elasticmapreduce/libs/script-runner/script-runner.jar',
    Args: [`s3://emr/steps/${name}.sh`],
  },
  ...changes,
});

/** A cluster that stays alive, with one master and two workers, and no steps. */
export const launchInput = (changes: Partial<RunJobFlowCommandInput> = {}): RunJobFlowCommandInput => ({
  Name: 'atmo-test-cluster-alice-curie-1234-token',
  LogUri: 's3://logs/clusters/curie-1234/',
  ReleaseLabel: 'emr-7.10.0',
  ServiceRole: 'emr-role',
  JobFlowRole: 'emr-profile',
  Applications: [{ Name: 'Spark' }, { Name: 'Zeppelin' }],
  Tags: [{ Key: 'Owner', Value: 'alice' }],
  Instances: {
    KeepJobFlowAliveWhenNoSteps: true,
    InstanceGroups: [
      { InstanceRole: 'MASTER', InstanceType: 'm5.xlarge', InstanceCount: 1 },
      { InstanceRole: 'CORE', InstanceType: 'm5.2xlarge', InstanceCount: 2 },
    ],
  },
  ...changes,
});

export const bootstrapActions = (...names: string[]): Partial<RunJobFlowCommandInput> => ({
  BootstrapActions: names.map((name) => ({
    Name: name,
    ScriptBootstrapAction: { Path: `s3://emr/${name}.sh`, Args: [] },
  })),
});

/** The same, ending by itself after its steps. */
export const jobInput = (...steps: StepConfig[]): Partial<RunJobFlowCommandInput> => ({
  Instances: { ...launchInput().Instances, KeepJobFlowAliveWhenNoSteps: false },
  Steps: steps,
});

const TURNS_OF_REAL_IO = 20;

export const startRig = async (
  executor?: StepExecutor,
  outside: Partial<
    Pick<LocalEmrOptions, 'publish' | 'writeLog' | 'network' | 'presignSparkUi' | 'sessionExecutor'>
  > = {},
): Promise<Rig> => {
  const realImmediate = setImmediate;
  const clock = FakeTimers.install({
    now: START,
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
    shouldClearNativeTimers: true,
  });
  const directory = await mkdtemp(join(tmpdir(), 'local-emr-'));
  const events: EmrEvent[] = [];
  const logs = new Map<string, string>();
  const problems: string[] = [];

  const start = (stepExecutor?: StepExecutor): Promise<LocalEmr> =>
    startLocalEmr({
      port: 0,
      dataDirectory: directory,
      publish: (event) => void events.push(event),
      writeLog: async (uri, body) => void logs.set(uri, gunzipSync(body).toString()),
      ...(stepExecutor === undefined ? {} : { executor: stepExecutor }),
      region: 'us-west-2',
      accountId: '123456789012',
      ...outside,
      report: (problem) => void problems.push(problem),
    });

  const emr = await start(executor);
  emr.control({ rateLimits: false });
  const newClient = (maxAttempts: number): EMRClient =>
    new EMRClient({
      region: 'us-west-2',
      endpoint: async () => {
        const { hostname, port } = new URL(rig.emr.url);
        return { protocol: 'http:', hostname, port: Number(port), path: '/' };
      },
      credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
      maxAttempts,
    });
  const client = newClient(1);

  const rig: Rig = {
    emr,
    client,
    newClient,
    clock,
    directory,
    events,
    logs,
    problems,
    advance: async (seconds) => void (await clock.tickAsync(seconds * 1000)),
    settle: async () => {
      for (let turn = 0; turn < TURNS_OF_REAL_IO; turn += 1) await new Promise((resolve) => realImmediate(resolve));
    },
    restart: async (next) => {
      await rig.emr.close();
      rig.emr = await start(next);
      rig.emr.control({ rateLimits: false });
    },
    launch: async (changes) => {
      const { JobFlowId } = await client.send(new RunJobFlowCommand(launchInput(changes)));
      if (JobFlowId === undefined) throw new Error('no id was given');
      return JobFlowId;
    },
    terminate: async (id) => void (await client.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }))),
    fillPersistentUis: async (id, count) => {
      const { ClusterArn } = await rig.describe(id);
      for (let made = 0; made < count; made += 1)
        await client.send(new CreatePersistentAppUICommand({ TargetResourceArn: ClusterArn }));
    },
    describe: async (id) => {
      const { Cluster } = await client.send(new DescribeClusterCommand({ ClusterId: id }));
      if (Cluster === undefined) throw new Error('no cluster was described');
      return Cluster;
    },
    steps: async (id) => {
      const { Steps } = await client.send(new ListStepsCommand({ ClusterId: id }));
      return (Steps ?? []).toReversed();
    },
  };

  onTestFinished(async () => {
    client.destroy();
    await rig.emr.close();
    clock.uninstall();
    await rm(directory, { recursive: true });
  });
  return rig;
};

/** States in the order they were announced, of clusters or of steps. */
export const announced = (rig: Rig, type: EmrEvent['detail-type'] = 'EMR Cluster State Change'): string[] =>
  rig.events.filter((event) => event['detail-type'] === type).map(({ detail }) => detail['state'] ?? '');

/** The name and message of the error a call is refused with. */
export const refusal = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error('the call was not refused');
};
