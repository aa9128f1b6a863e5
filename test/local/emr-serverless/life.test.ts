import {
  CancelJobRunCommand,
  DeleteApplicationCommand,
  GetApplicationCommand,
  ListApplicationsCommand,
  ListJobRunsCommand,
  ListTagsForResourceCommand,
  paginateListJobRuns,
  StartApplicationCommand,
  StartJobRunCommand,
  StopApplicationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';
import type { ExecutionOutcome } from '../../../local/emulation/executions.ts';
import type { ExecutableJobRun, JobRunExecutor } from '../../../local/emr-serverless/job-run-executor.ts';
import { announced, jobRunInput, refusal, START, startRig } from './rig.ts';

const scheduler = (maxConcurrentRuns: number, queueTimeoutMinutes = 15) => ({
  schedulerConfiguration: { maxConcurrentRuns, queueTimeoutMinutes },
});

/** An executor whose job runs end when the test says so, or when they are stopped. */
const heldExecutor = () => {
  const begun: { jobRun: ExecutableJobRun; end: (outcome: ExecutionOutcome) => void }[] = [];
  const executor: JobRunExecutor = {
    run: (jobRun, { signal, log }) =>
      new Promise((resolve) => {
        log.stderr('the driver begins\n');
        begun.push({ jobRun, end: resolve });
        signal.addEventListener('abort', () => resolve({ executed: true, exitCode: 143 }));
      }),
  };
  return { executor, begun };
};

describe('an application', () => {
  it('is created, starts with its first job run, and stops after the idle time', async () => {
    const rig = await startRig();
    const id = await rig.application({ autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 2 } });
    expect(await rig.applicationState(id)).toBe('CREATED');
    await rig.start(id);
    await rig.advance(60);
    expect(await rig.applicationState(id)).toBe('STARTED');
    await rig.advance(120);
    expect(announced(rig, id)).toEqual(['CREATING', 'CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED']);
    const again = await rig.start(id);
    await rig.advance(10);
    expect((await rig.jobRun(id, again)).state).toBe('SUCCESS');
  });

  it('is described as it was asked for', async () => {
    const rig = await startRig();
    const asked = {
      architecture: 'ARM64',
      maximumCapacity: { cpu: '16 vCPU', memory: '64 GB' },
      interactiveConfiguration: { sessionEnabled: true },
      tags: { Application: 'ATMO' },
      ...scheduler(7),
    } as const;
    const applicationId = await rig.application(asked);
    const { application } = await rig.client.send(new GetApplicationCommand({ applicationId }));
    expect(application).toMatchObject({
      ...asked,
      applicationId,
      releaseLabel: 'emr-7.13.0',
      createdAt: new Date(START),
    });
  });

  it('is changed and deleted only while it is stopped', async () => {
    const rig = await startRig();
    const applicationId = await rig.application(scheduler(1));
    const update = () => rig.client.send(new UpdateApplicationCommand({ applicationId, ...scheduler(2) }));
    await rig.client.send(new StartApplicationCommand({ applicationId }));
    await rig.advance(1);
    expect(await refusal(update())).toMatch(/^ValidationException: .*CREATED or STOPPED/);
    const run = await rig.start(applicationId);
    expect(await refusal(rig.client.send(new StopApplicationCommand({ applicationId })))).toMatch(/have not ended/);
    await rig.advance(10);
    expect((await rig.jobRun(applicationId, run)).state).toBe('SUCCESS');
    await rig.client.send(new StopApplicationCommand({ applicationId }));
    await rig.advance(1);
    expect((await update()).application?.schedulerConfiguration?.maxConcurrentRuns).toBe(2);
    await rig.client.send(new DeleteApplicationCommand({ applicationId }));
    expect(await refusal(rig.start(applicationId))).toMatch(/^ResourceNotFoundException/);
    const { applications } = await rig.client.send(new ListApplicationsCommand({ states: ['TERMINATED'] }));
    expect(applications?.map(({ id }) => id)).toEqual([applicationId]);
  });

  it('takes no release without EMR Serverless', async () => {
    const rig = await startRig();
    expect(await refusal(rig.application({ releaseLabel: 'emr-5.36.0' }))).toMatch(
      /^ValidationException: .*emr-5.36.0/,
    );
  });
});

describe('a job run', () => {
  it('goes through its states, leaves a log and is billed by its workers', async () => {
    const rig = await startRig();
    const application = await rig.application(scheduler(5));
    const id = await rig.start(application);
    await rig.advance(10);
    await rig.settle();
    expect(announced(rig, id)).toEqual(['SUBMITTED', 'PENDING', 'SCHEDULED', 'RUNNING', 'SUCCESS']);
    expect(await rig.jobRun(application, id)).toMatchObject({
      name: 'atmo-test-job-alice-daily-0123456789',
      // A second for the application, two for its workers; a run that is not executed takes one.
      startedAt: new Date(START + 4000),
      endedAt: new Date(START + 5000),
      // A driver of 2 vCPU and 8 GB and two executors of 4 vCPU and 16 GB, for a minute at least.
      billedResourceUtilization: { vCPUHour: 0.167, memoryGBHour: 0.667, storageGBHour: 0 },
    });
    const [uri, text] = [...rig.logs].find(([, log]) => log !== '') ?? [];
    expect(uri).toBe(`s3://logs/jobs/daily/applications/${application}/jobs/${id}/SPARK_DRIVER/stdout.gz`);
    expect(text).toContain('was not executed: Spark is not installed');
  });

  it.each([
    ['SUCCESS', 0, ''],
    ['FAILED', 3, 'ExitCode: 3'],
  ])('ends %s with exit code %d of its driver', async (state, exitCode, details) => {
    const { executor, begun } = heldExecutor();
    const rig = await startRig({ executor });
    const application = await rig.application();
    const id = await rig.start(application, { executionIamPolicy: { policy: '{}' } });
    await rig.advance(10);
    expect(begun[0]?.jobRun).toMatchObject({
      id,
      releaseLabel: 'emr-7.13.0',
      entryPoint: 's3://emr/scripts/0123/serverless/run_notebook.py',
      arguments: ['--run-id', 'r1'],
      policy: '{}',
    });
    begun[0]?.end({ executed: true, exitCode });
    await rig.settle();
    expect(await rig.jobRun(application, id)).toMatchObject({ state, stateDetails: expect.stringContaining(details) });
    expect([...rig.logs.values()]).toContain('the driver begins\n');
  });

  it('waits in the queue while as many run as may, the oldest first', async () => {
    const { executor, begun } = heldExecutor();
    const rig = await startRig({ executor });
    const application = await rig.application(scheduler(1));
    const ids = [await rig.start(application), await rig.start(application), await rig.start(application)];
    await rig.advance(10);
    const states = async () => Promise.all(ids.map(async (id) => (await rig.jobRun(application, id)).state));
    expect(await states()).toEqual(['RUNNING', 'QUEUED', 'QUEUED']);
    begun[0]?.end({ executed: true, exitCode: 0 });
    await rig.settle();
    await rig.advance(5);
    expect(await states()).toEqual(['SUCCESS', 'RUNNING', 'QUEUED']);
    expect((await rig.jobRun(application, ids[1] ?? '')).queuedDurationMilliseconds).toBeGreaterThan(8000);
  });

  it('waits in the queue while the application’s capacity is used, and is cancelled after its time there', async () => {
    const { executor } = heldExecutor();
    const rig = await startRig({ executor });
    const application = await rig.application({
      ...scheduler(100),
      maximumCapacity: { cpu: '10 vCPU', memory: '64 GB' },
    });
    await rig.start(application);
    const second = await rig.start(application);
    await rig.advance(10);
    expect((await rig.jobRun(application, second)).state).toBe('QUEUED');
    await rig.advance(15 * 60);
    const { state, stateDetails, startedAt } = await rig.jobRun(application, second);
    expect([state, startedAt]).toEqual(['CANCELLED', undefined]);
    expect(stateDetails).toMatch(/timed out in the queue/);
    const tooMuch = jobRunInput(application);
    tooMuch.jobDriver = { sparkSubmit: { entryPoint: 'x', sparkSubmitParameters: '--conf spark.driver.cores=16' } };
    expect(await refusal(rig.client.send(new StartJobRunCommand(tooMuch)))).toMatch(/maximum capacity/);
  });

  it('is cancelled by request and by its time limit, and its driver is stopped', async () => {
    const { executor } = heldExecutor();
    const rig = await startRig({ executor });
    const application = await rig.application();
    const limited = await rig.start(application, { executionTimeoutMinutes: 1 });
    const cancelled = await rig.start(application);
    await rig.advance(10);
    await rig.client.send(new CancelJobRunCommand({ applicationId: application, jobRunId: cancelled }));
    expect((await rig.jobRun(application, cancelled)).state).toBe('CANCELLING');
    await rig.advance(60);
    await rig.settle();
    expect(announced(rig, cancelled).slice(-3)).toEqual(['RUNNING', 'CANCELLING', 'CANCELLED']);
    expect(await rig.jobRun(application, limited)).toMatchObject({
      state: 'CANCELLED',
      stateDetails: expect.stringContaining('timed out'),
    });
    const again = rig.client.send(new CancelJobRunCommand({ applicationId: application, jobRunId: cancelled }));
    expect(await refusal(again)).toMatch(/^ValidationException: .*final state/);
  });

  it('is started once for a client token, and refused for another request with it', async () => {
    const rig = await startRig();
    const application = await rig.application();
    const input = jobRunInput(application);
    const start = (changes = {}) => rig.client.send(new StartJobRunCommand({ ...input, ...changes }));
    const [first, second] = [await start(), await start()];
    expect(second.jobRunId).toBe(first.jobRunId);
    expect(rig.service.jobRuns()).toHaveLength(1);
    expect(await refusal(start({ name: 'another' }))).toMatch(/^ConflictException/);
  });

  it('is listed by state, time and page, newest first', async () => {
    const rig = await startRig();
    const application = await rig.application(scheduler(1));
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift(await rig.start(application));
      await rig.advance(0.1);
    }
    const listed: (string | undefined)[] = [];
    for await (const page of paginateListJobRuns({ client: rig.client, pageSize: 2 }, { applicationId: application })) {
      listed.push(...(page.jobRuns ?? []).map(({ id }) => id));
    }
    expect(listed).toEqual(ids);
    await rig.advance(2);
    const queued = await rig.client.send(new ListJobRunsCommand({ applicationId: application, states: ['QUEUED'] }));
    expect(queued.jobRuns?.map(({ id }) => id)).toEqual(ids.slice(0, 4));
    const recent = new Date(START + 1350);
    const later = await rig.client.send(new ListJobRunsCommand({ applicationId: application, createdAtAfter: recent }));
    expect(later.jobRuns).toHaveLength(1);
  });
});

describe('tags', () => {
  it('are kept on applications and job runs', async () => {
    const rig = await startRig();
    const application = await rig.application({ tags: { a: '1', b: '2' } });
    const jobRun = await rig.start(application, { tags: { c: '3' } });
    const { arn: resourceArn } = (await rig.client.send(new GetApplicationCommand({ applicationId: application })))
      .application ?? { arn: '' };
    await rig.client.send(new TagResourceCommand({ resourceArn, tags: { d: '4' } }));
    await rig.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'b'] }));
    const { tags } = await rig.client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ d: '4' });
    expect((await rig.jobRun(application, jobRun)).tags).toEqual({ c: '3' });
  });
});
