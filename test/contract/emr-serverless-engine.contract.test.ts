import { randomBytes } from 'node:crypto';

import {
  DeleteApplicationCommand,
  EMRServerlessClient,
  GetApplicationCommand,
  ListApplicationsCommand,
  StopApplicationCommand,
} from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';

import { onDemandApplication } from '../../functions/adapters/emr-serverless-application.ts';
import { emrServerlessEngine } from '../../functions/adapters/emr-serverless-engine.ts';
import { emrServerlessRunLaunch } from '../../functions/adapters/emr-serverless-launch.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { PHASES } from '../../shared/domain/engine.ts';
import type { Run } from '../../shared/domain/run.ts';
import { jobRunIdOf } from '../../shared/domain/serverless-ids.ts';
import { fakeClaimedResources } from '../fakes/fake-claimed-resources.ts';
import { claimedJob, runOf } from '../fakes/spark-job.ts';
import { startRig } from '../local/emr-serverless/rig.ts';
import { motoUrl } from '../moto/moto.ts';

const ENGINE = {
  roleArn: 'arn:aws:iam::123456789012:role/job',
  sessionRoleArn: 'arn:aws:iam::123456789012:role/session',
  architecture: 'arm64',
  worker: { vCpu: 4, memoryGb: 16, storageGb: 20 },
  maximumVCpu: 128,
  maximumMemoryGb: 512,
  maxConcurrentRuns: 1,
  queueTimeoutMinutes: 15,
  packages: { 'emr-7.x': 's3://emr/packages/7/p.tar.gz', 'emr-spark-8.x': 's3://emr/packages/8/p.tar.gz' },
} as const;

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const moto = motoUrl();

/** A server and its client. Time is the local one's own. */
const server = async () => {
  if (moto !== null) {
    const client = new EMRServerlessClient({ region: 'us-west-2', endpoint: moto, credentials, maxAttempts: 1 });
    return { client, advance: async () => {} };
  }
  const rig = await startRig();
  rig.service.control({ runSeconds: 1800 });
  return { client: rig.client, advance: rig.advance };
};

const begin = async () => {
  const { client, advance } = await server();
  // A stage of its own: moto's account is one for all tests.
  const environment = `t${randomBytes(4).toString('hex')}`;
  const settings = {
    environment,
    emrScriptsUri: 's3://emr/scripts/0123',
    emrServerless: JSON.stringify(ENGINE),
    ...{ logsBucket: 'logs', notebooksBucket: 'notebooks', resultsBucket: 'results', publicResultsBucket: 'public' },
  };
  let tokens = 0;
  const application = onDemandApplication({
    environment,
    engine: ENGINE,
    applications: fakeClaimedResources(),
    client,
    clock: systemClock,
    newToken: () => `${environment}-${(tokens += 1)}`,
    pause: (milliseconds) => advance(milliseconds / 1000),
  });
  return {
    client,
    advance,
    environment,
    launch: emrServerlessRunLaunch(settings, { engine: ENGINE, application, client, clock: systemClock }),
    engine: emrServerlessEngine(environment, { client, clock: systemClock, costOf: ({ vCPUHour = 0 }) => vCPUHour }),
  };
};

const newRun = (runToken: string): Run => {
  const run = runOf(claimedJob({ engine: 'serverless' }));
  const now = systemClock.now();
  const workload = { ...run.workload, engine: 'serverless', runToken, claimedAt: now, launchDueAt: now } as const;
  return { ...run, emrRelease: '7.13.0', size: 1, scheduledAt: now, workload };
};

describe('the engine of EMR Serverless', () => {
  it('makes an application of the release with the limits of the stage, once', async () => {
    const { launch, client, environment } = await begin();
    const ids = [await launch(newRun('0123456781')), await launch(newRun('0123456782'))].map(jobRunIdOf);
    const { applications = [] } = await client.send(new ListApplicationsCommand({}));
    const ours = applications.filter(({ name = '' }) => name.includes(environment));
    expect(ours.map(({ id }) => id)).toEqual([ids[0]?.applicationId]);
    expect(ids[1]?.applicationId).toBe(ids[0]?.applicationId);
    const { application } = await client.send(new GetApplicationCommand({ applicationId: ours[0]?.id }));
    expect(application).toMatchObject({
      releaseLabel: 'emr-7.13.0',
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 15 },
      tags: { Application: 'ATMO', Environment: environment, Type: 'job' },
    });
    expect(application?.maximumCapacity).toMatchObject({ cpu: '128 vCPU', memory: '512 GB' });
  });

  it('limits concurrent runs and the time in the queue explicitly', async () => {
    const { launch, client } = await begin();
    const { applicationId } = jobRunIdOf(await launch(newRun('0123456780')));
    const { application } = await client.send(new GetApplicationCommand({ applicationId }));
    expect(application?.schedulerConfiguration).toEqual({ maxConcurrentRuns: 1, queueTimeoutMinutes: 15 });
  });

  it('finds a run by the token in its name, described and listed', async () => {
    const { launch, engine } = await begin();
    const emrId = await launch(newRun('0123456789'));
    expect(await engine.describe(emrId)).toMatchObject({ emrId, runToken: '0123456789' });
    expect(await engine.list(PHASES)).toMatchObject([{ emrId, runToken: '0123456789' }]);
    expect(await engine.describe(`${jobRunIdOf(emrId).applicationId}/00none`)).toBeNull();
    expect(await engine.describe('00none/00none')).toBeNull();
  });

  it('starts a run once for its token', async () => {
    const { launch, engine } = await begin();
    const run = newRun('0123456789');
    expect(await launch(run)).toBe(await launch(run));
    expect(await engine.list(PHASES)).toHaveLength(1);
  });

  it('ends what runs and what is queued, and takes what has ended or is unknown for no error', async () => {
    const { launch, engine, advance } = await begin();
    const [first, queued] = [await launch(newRun('0123456781')), await launch(newRun('0123456782'))];
    await advance(300);
    await engine.terminate([first, queued, '00none/00none']);
    await advance(300);
    for (const emrId of [first, queued])
      expect(await engine.describe(emrId)).toMatchObject({
        state: 'CANCELLED',
        finishedAt: expect.any(String) as string,
      });
    await engine.terminate([first, queued]);
  });

  it('says that a run waits in the queue, whose cancellation costs nothing', async () => {
    const { launch, engine, advance } = await begin();
    const [first, queued] = [await launch(newRun('0123456781')), await launch(newRun('0123456782'))];
    await advance(90);
    expect((await engine.describe(first))?.state).toBe('RUNNING');
    expect(await engine.describe(queued)).toMatchObject({ state: 'QUEUED', readyAt: null, billed: null });
    await engine.terminate([queued]);
    await advance(300);
    expect(await engine.describe(queued)).toMatchObject({
      state: 'CANCELLED',
      reason: { code: 'USER_REQUEST' },
      readyAt: null,
      billed: 0,
    });
  });

  it('makes another application where somebody deleted the one there was', async () => {
    const { launch, client, advance } = await begin();
    const { applicationId } = jobRunIdOf(await launch(newRun('0123456781')));
    // Its run has ended by then.
    await advance(3600);
    await client.send(new StopApplicationCommand({ applicationId }));
    await advance(60);
    await client.send(new DeleteApplicationCommand({ applicationId }));
    expect(jobRunIdOf(await launch(newRun('0123456782'))).applicationId).not.toBe(applicationId);
  });
});
