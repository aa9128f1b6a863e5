import { CreateApplicationCommand, DeleteApplicationCommand, StartJobRunCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';

import { onDemandApplication } from '../../functions/adapters/emr-serverless-application.ts';
import { emrServerlessEngine } from '../../functions/adapters/emr-serverless-engine.ts';
import { emrServerlessRunLaunch } from '../../functions/adapters/emr-serverless-launch.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { parseSessionPolicy, isAllowed } from '../../local/sts/session-policy.ts';
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { PHASES } from '../../shared/domain/engine.ts';
import { AwsThrottled, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { logsPrefix, outcomeOf, parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import { reconciled } from '../../shared/domain/observed-workload.ts';
import { launched } from '../../shared/domain/workload.ts';
import { fakeClaimedResources } from '../fakes/fake-claimed-resources.ts';
import { claimedJob, runOf } from '../fakes/spark-job.ts';
import { jobRunInput, startRig, type Rig } from '../local/emr-serverless/rig.ts';

const ENVIRONMENT = 'test';

const ENGINE: ServerlessEngine = {
  sessionRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-serverless-session',
  roleArn: 'arn:aws:iam::123456789012:role/atmo-test-us-west-2-serverless-job',
  architecture: 'arm64',
  worker: { vCpu: 4, memoryGb: 16, storageGb: 20 },
  maximumVCpu: 64,
  maximumMemoryGb: 256,
  maxConcurrentRuns: 2,
  queueTimeoutMinutes: 15,
  packages: { 'emr-7.x': 's3://emr/packages/7/p.tar.gz', 'emr-spark-8.x': 's3://emr/packages/8/p.tar.gz' },
};

const SETTINGS = {
  environment: ENVIRONMENT,
  emrScriptsUri: 's3://emr/scripts/0123',
  emrServerless: JSON.stringify(ENGINE),
  logsBucket: 'logs',
  notebooksBucket: 'notebooks',
  resultsBucket: 'results',
  publicResultsBucket: 'public-results',
};

/** A run of a job on this engine, claimed now. */
const runWith = (runToken: string, changes: Partial<Run> = {}): Run => {
  const run = runOf(claimedJob({ engine: 'serverless' }));
  const now = systemClock.now();
  const workload = { ...run.workload, engine: 'serverless', runToken, claimedAt: now, launchDueAt: now } as const;
  return { ...run, emrRelease: '7.13.0', size: 2, scheduledAt: now, workload, ...changes };
};

const begin = async () => {
  const rig = await startRig();
  const client = rig.newClient(3);
  /** Inputs of the calls of one name that were sent, in order. */
  const sent = (command: string) => inputs.filter(({ name }) => name === command).map(({ input }) => input);
  const inputs: { readonly name: string | undefined; readonly input: object }[] = [];
  client.middlewareStack.add(
    (next, { commandName: name }) =>
      (args) => {
        inputs.push({ name: name?.replace(/Command$/, ''), input: args.input });
        return next(args);
      },
    { step: 'initialize' },
  );
  let tokens = 0;
  const applications = fakeClaimedResources();
  const launchWith = (settings: ServerlessEngine) => {
    const application = onDemandApplication({
      environment: ENVIRONMENT,
      engine: settings,
      applications,
      client,
      clock: systemClock,
      newToken: () => `application-${(tokens += 1)}`,
      pause: async (milliseconds) => rig.advance(milliseconds / 1000),
    });
    return emrServerlessRunLaunch(SETTINGS, { engine: settings, application, client, clock: systemClock });
  };
  const costOf = ({ vCPUHour = 0 }) => vCPUHour;
  const engine = emrServerlessEngine(ENVIRONMENT, { client, clock: systemClock, costOf });
  return { rig, sent, launchWith, launch: launchWith(ENGINE), engine };
};

/** Lets time pass, for the SDK's pauses, until the promise has settled. */
const inTime = async <Answer>(rig: Rig, promise: Promise<Answer>): Promise<Answer> => {
  const state = { isSettled: false };
  const settle = (): void => void (state.isSettled = true);
  promise.then(settle, settle);
  while (!state.isSettled) {
    await rig.settle();
    await rig.advance(1);
  }
  return promise;
};

describe('a launch on EMR Serverless', () => {
  it('makes the application of the release, and starts a job run with all that the run needs', async () => {
    const { rig, launch } = await begin();
    const run = runWith('0123456789');
    const { applicationId, jobRunId } = jobRunIdOf(await launch(run));
    const [held] = rig.service.jobRuns();
    expect(held).toMatchObject({
      id: jobRunId,
      applicationId,
      clientToken: '0123456789',
      name: 'atmo-test-job-alice-daily-report-0123456789',
      releaseLabel: 'emr-7.13.0',
      entryPoint: 's3://emr/scripts/0123/serverless/run_notebook.py',
      executionTimeoutMinutes: 130,
      tags: { Application: 'ATMO', Environment: 'test', Type: 'job', Name: 'daily-report', Owner: 'alice@example.com' },
    });
    expect(held?.arguments).toEqual([
      ...['--scripts', 's3://emr/scripts/0123', '--notebook', `s3://notebooks/${run.notebookKey}`],
      ...['--parameters', `s3://notebooks/${parametersKey(run)}`, '--results', 's3://results/daily-report/'],
      ...['--run-id', run.id, '--timeout-at', toInstant(Date.parse(run.scheduledAt) + 7_200_000)],
      ...['--environment', 'test'],
    ]);
  });

  it('asks for an application with the limits of the stage and a Spark UI, and for no capacity ahead of work', async () => {
    const { sent, launch } = await begin();
    await launch(runWith('0000000001'));
    await launch(runWith('0000000002', { emrRelease: '7.12.0' }));
    const asked = {
      name: expect.stringMatching(/^atmo-test-job-7\.13\.0-arm64-[0-9a-f]{8}-application-1$/) as string,
      clientToken: 'application-1',
      releaseLabel: 'emr-7.13.0',
      type: 'SPARK',
      architecture: 'ARM64',
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 15 },
      maximumCapacity: { cpu: '64 vCPU', memory: '256 GB' },
      schedulerConfiguration: { maxConcurrentRuns: 2, queueTimeoutMinutes: 15 },
      interactiveConfiguration: { sessionEnabled: true },
      monitoringConfiguration: { managedPersistenceMonitoringConfiguration: { enabled: true } },
      tags: { Application: 'ATMO', App: 'atmo', Environment: 'test', Type: 'job' },
    };
    const { interactiveConfiguration: _, ...withoutSessions } = asked;
    expect(sent('CreateApplication')).toEqual([
      asked,
      {
        ...withoutSessions,
        name: expect.stringMatching(/^atmo-test-job-7\.12\.0-arm64-/) as string,
        clientToken: 'application-2',
        releaseLabel: 'emr-7.12.0',
      },
    ]);
  });

  it('makes another application for other settings: those of one that works cannot be changed', async () => {
    const { launch, launchWith } = await begin();
    const { applicationId } = jobRunIdOf(await launch(runWith('0000000001')));
    const other = await launchWith({ ...ENGINE, maxConcurrentRuns: 3 })(runWith('0000000002'));
    expect(jobRunIdOf(other).applicationId).not.toBe(applicationId);
  });

  it('finds its application by the name, where the answer was lost and the client token may be forgotten', async () => {
    const { rig, sent, launch } = await begin();
    rig.service.control({ loseAnswers: 3 });
    await expect(inTime(rig, launch(runWith('0000000001')))).rejects.toThrow(/hang up|TimeoutError|ECONNRESET|socket/i);
    await rig.advance(6 * 60);
    await launch(runWith('0000000002'));
    expect(sent('CreateApplication')).toHaveLength(1);
  });

  it('asks for a job run with logs in the run’s folder, a Spark UI, and Spark’s settings of clusters', async () => {
    const { sent, launch } = await begin();
    const run = runWith('0123456789');
    const accountingTags = { CostCenter: '42' };
    const { workload } = run;
    await launch({
      ...run,
      workload: { ...workload, launchSettings: { ...workload.launchSettings, accountingTags } },
    });
    expect(sent('StartJobRun')).toMatchObject([
      {
        executionRoleArn: ENGINE.roleArn,
        mode: 'BATCH',
        tags: { CostCenter: '42', App: 'atmo' },
        configurationOverrides: {
          applicationConfiguration: [
            { classification: 'spark-defaults', properties: { 'spark.sql.session.timeZone': 'UTC' } },
          ],
          monitoringConfiguration: {
            s3MonitoringConfiguration: { logUri: `s3://logs/${logsPrefix(run)}` },
            managedPersistenceMonitoringConfiguration: { enabled: true },
          },
        },
      },
    ]);
  });

  it('asks for workers of the stage’s shape, with the packages and the Python that they are made for', async () => {
    const { rig, launchWith } = await begin();
    await launchWith({ ...ENGINE, worker: { vCpu: 8, memoryGb: 32, storageGb: 40 } })(runWith('0123456789'));
    expect(rig.service.jobRuns()[0]?.sparkSubmitParameters.replace('--conf ', '').split(' --conf ')).toEqual([
      ...['spark.driver.cores=8', 'spark.driver.memory=30g', 'spark.driver.memoryOverhead=2g'],
      'spark.emr-serverless.driver.disk=40g',
      ...['spark.executor.cores=8', 'spark.executor.memory=30g', 'spark.executor.memoryOverhead=2g'],
      'spark.emr-serverless.executor.disk=40g',
      ...['spark.dynamicAllocation.enabled=true', 'spark.dynamicAllocation.initialExecutors=2'],
      'spark.dynamicAllocation.maxExecutors=2',
      'spark.hadoop.fs.defaultFS=s3://results',
      'spark.archives=s3://emr/packages/7/p.tar.gz#packages',
      'spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON=/usr/bin/python3.11',
      'spark.emr-serverless.driverEnv.PYSPARK_PYTHON=/usr/bin/python3.11',
      'spark.executorEnv.PYSPARK_PYTHON=/usr/bin/python3.11',
      'spark.executorEnv.PYTHONPATH=./packages',
    ]);
  });

  it('narrows the role to the run’s own files, and to all that is not the portal’s', async () => {
    const { rig, launch } = await begin();
    const run = runWith('0123456789');
    await launch(run);
    const policy = parseSessionPolicy(rig.service.jobRuns()[0]?.policy ?? '');
    if (policy === null) throw new Error('The policy cannot be read.');
    const may = (action: string, resource: string, prefix?: string) =>
      isAllowed(policy, {
        action,
        resource: `arn:aws:s3:::${resource}`,
        ...(prefix !== undefined && { context: { 's3:prefix': prefix } }),
      });
    expect([
      may('s3:GetObject', `notebooks/${run.notebookKey}`),
      may('s3:GetObject', `notebooks/${parametersKey(run)}`),
      may('s3:PutObject', `results/${resultsPrefix(run)}outcome.json`),
      may('s3:PutObject', 'results/daily-report/latest/notebook.ipynb'),
      may('s3:ListBucket', 'results', 'daily-report/latest/'),
      may('s3:PutObject', `logs/${logsPrefix(run)}applications/x`),
      may('s3:GetObject', 'emr/scripts/0123/steps/atmo_run/run.py'),
      may('s3:GetObject', 'telemetry/events.parquet'),
    ]).toEqual(Array.from({ length: 8 }, () => true));
    expect([
      may('s3:GetObject', 'notebooks/jobs/another/0123/notebook.ipynb'),
      may('s3:ListBucket', 'notebooks', ''),
      may('s3:PutObject', 'results/daily-report/runs/another/outcome.json'),
      may('s3:GetObject', 'results/another/latest/notebook.ipynb'),
      may('s3:ListBucket', 'results', ''),
      may('s3:PutObject', 'public-results/daily-report/latest/notebook.ipynb'),
      may('s3:GetObject', 'logs/clusters/curie/stderr.gz'),
    ]).toEqual(Array.from({ length: 7 }, () => false));
  });

  it('makes one application for all runs of a release, also where two ask at once', async () => {
    const { rig, launch } = await begin();
    const [first, second] = await Promise.all([launch(runWith('0000000001')), launch(runWith('0000000002'))]);
    const other = await launch(runWith('0000000003', { emrRelease: 'spark-8.0.0' }));
    const [a, b, c] = [first, second, other].map((emrId) => jobRunIdOf(emrId).applicationId);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
    const created = rig.events.filter(({ 'detail-type': type, detail }) => {
      const { state } = detail as { readonly state: string };
      return type === 'EMR Serverless Application State Change' && state === 'CREATING';
    });
    expect(created).toHaveLength(2);
  });

  it('starts nothing twice where answers are lost', async () => {
    const { rig, launch } = await begin();
    rig.service.control({ loseAnswers: 2 });
    const run = runWith('0123456789');
    const { jobRunId } = jobRunIdOf(await inTime(rig, launch(run)));
    expect(rig.service.jobRuns().map(({ id }) => id)).toEqual([jobRunId]);
    await rig.advance(60);
    expect(await launch(run)).toContain(jobRunId);
    // As a newer release of the portal would ask.
    expect(await launch({ ...run, timeout: 3 })).toContain(jobRunId);
    expect(rig.service.jobRuns()).toHaveLength(1);
  });

  it('is looked up by its name where its client token may be forgotten', async () => {
    const { rig, launch } = await begin();
    const run = runWith('0123456789');
    const emrId = await launch(run);
    const { StartJobRun: calls } = rig.service.calls();
    await rig.advance(6 * 60);
    expect(await launch(run)).toBe(emrId);
    expect(rig.service.calls()['StartJobRun']).toBe(calls);
  });

  it('makes another application where somebody deleted the one there was', async () => {
    const { rig, launch } = await begin();
    const { applicationId } = jobRunIdOf(await launch(runWith('0000000001')));
    await rig.advance(20 * 60);
    await rig.client.send(new DeleteApplicationCommand({ applicationId }));
    const { applicationId: another } = jobRunIdOf(await launch(runWith('0000000002')));
    expect(another).not.toBe(applicationId);
    expect(jobRunIdOf(await launch(runWith('0000000003'))).applicationId).toBe(another);
  });

  it('is refused where EMR Serverless says so, and waits where it throttles', async () => {
    const { rig, launch } = await begin();
    await launch(runWith('0000000001'));
    await expect(launch(runWith('0000000002', { notebookKey: 'x'.repeat(2048) }))).rejects.toBeInstanceOf(
      EmrRefusedLaunch,
    );
    rig.service.control({ throttle: { StartJobRun: 3 } });
    await expect(inTime(rig, launch(runWith('0000000003')))).rejects.toBeInstanceOf(AwsThrottled);
    expect(rig.service.jobRuns()).toHaveLength(1);
  });
});

describe('job runs on EMR Serverless', () => {
  it('are described with their state, times and what was billed; unknown ones are null', async () => {
    const { rig, launch, engine } = await begin();
    const emrId = await launch(runWith('0123456789'));
    expect(await engine.describe(emrId)).toMatchObject({
      emrId,
      runToken: '0123456789',
      state: 'SUBMITTED',
      reason: null,
    });
    await rig.advance(60);
    expect(await engine.describe(emrId)).toMatchObject({
      state: 'SUCCESS',
      readyAt: expect.any(String) as string,
      finishedAt: expect.any(String) as string,
      // A driver and two executors of 4 vCPU, for a minute.
      billed: 0.2,
    });
    expect(await engine.describe('00none/00none')).toBeNull();
    expect(await engine.describe(`${jobRunIdOf(emrId).applicationId}/00none`)).toBeNull();
  });

  it('are listed by phase, without those of others', async () => {
    const { rig, launch, engine } = await begin();
    const ended = await launch(runWith('0000000001'));
    await rig.advance(60);
    rig.service.control({ runSeconds: 3600 });
    const running = [await launch(runWith('0000000002')), await launch(runWith('0000000003'))];
    await rig.advance(30);
    const waiting = await launch(runWith('0000000004'));
    const foreign = await rig.application({ name: 'nightly-etl' });
    await rig.client.send(new StartJobRunCommand(jobRunInput(foreign)));
    const { applicationId } = jobRunIdOf(ended);
    await rig.client.send(new StartJobRunCommand(jobRunInput(applicationId, { name: 'by hand' })));
    const ids = async (phases: readonly (typeof PHASES)[number][]) =>
      (await engine.list(phases)).map(({ emrId }) => emrId).toSorted();
    expect(await ids(['ended'])).toEqual([ended]);
    expect(await ids(['starting', 'running'])).toEqual([...running, waiting].toSorted());
    expect(await engine.list(['ended'], systemClock.now())).toEqual([]);
  });

  it('are terminated; those that have ended, or are unknown, are no error', async () => {
    const { rig, sent, launch, engine } = await begin();
    const ended = await launch(runWith('0000000001'));
    await rig.advance(60);
    rig.service.control({ runSeconds: 3600 });
    const running = await launch(runWith('0000000002'));
    await rig.advance(30);
    await engine.terminate([ended, '00none/00none', running]);
    expect((await engine.describe(running))?.state).toBe('CANCELLING');
    // The runner stores its results then, for which it gives itself 85 seconds.
    expect(sent('CancelJobRun').at(-1)).toMatchObject({ shutdownGracePeriodInSeconds: 90 });
    await engine.terminate([running]);
    await rig.advance(5);
    expect(await engine.describe(running)).toMatchObject({ state: 'CANCELLED', reason: { code: 'USER_REQUEST' } });
  });

  it.each([
    ['JOB_FAILURE', 'STEP_FAILURE'],
    ['INTERNAL_ERROR', 'INTERNAL_ERROR'],
  ])('fail with a code in EMR’s words: %s', async (failNext, code) => {
    const { rig, launch, engine } = await begin();
    rig.service.control({ failNext });
    const emrId = await launch(runWith('0123456789'));
    await rig.advance(60);
    expect(await engine.describe(emrId)).toMatchObject({ state: 'FAILED', reason: { code } });
  });

  it('are missed after their time in the queue, and timed out after that of their execution', async () => {
    const { rig, launch, engine } = await begin();
    rig.service.control({ runSeconds: 86_400 });
    const running = [runWith('0000000001'), runWith('0000000002')];
    const ids = [await launch(running[0] as Run), await launch(running[1] as Run)];
    await rig.advance(30);
    const late = runWith('0000000003');
    const lateId = await launch(late);
    const outcome = async ({ workload }: Run, emrId: string) => {
      const seen = await engine.describe(emrId);
      if (seen === null) throw new Error('not found');
      return outcomeOf(reconciled(launched(workload, workload.runToken, emrId, seen.observedAt), seen));
    };
    await rig.advance(16 * 60);
    expect(await outcome(late, lateId)).toBe('missed');
    // EMR Serverless says nothing of it: its driver never started.
    expect(await engine.describe(lateId)).toMatchObject({ state: 'CANCELLED', readyAt: null, billed: 0 });
    expect(await outcome(running[0] as Run, ids[0] as string)).toBeNull();
    await rig.advance(3 * 3600);
    expect(await outcome(running[0] as Run, ids[0] as string)).toBe('timedOut');
  });

  it('of another name are not taken for applications of this stage', async () => {
    const { rig, engine } = await begin();
    const created = await rig.client.send(
      new CreateApplicationCommand({
        name: 'atmo-test-eu-job-7.13.0',
        releaseLabel: 'emr-7.13.0',
        type: 'SPARK',
        clientToken: 'other',
      }),
    );
    await rig.advance(2);
    await rig.start(created.applicationId ?? '', { name: 'atmo-test-eu-job-bob-x-0123456789' });
    expect(await engine.list([...PHASES])).toEqual([]);
  });
});
