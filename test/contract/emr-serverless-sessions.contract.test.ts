import { GetApplicationCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';

import { onDemandApplication } from '../../functions/adapters/emr-serverless-application.ts';
import { emrServerlessSessionConnections } from '../../functions/adapters/emr-serverless-session-connections.ts';
import { emrServerlessSessionLaunch } from '../../functions/adapters/emr-serverless-session-launch.ts';
import { emrServerlessSessions } from '../../functions/adapters/emr-serverless-sessions.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { PHASES, type Phase } from '../../shared/domain/engine.ts';
import { AwsThrottled, Conflict, EmrRefusedLaunch, NotFound } from '../../shared/domain/errors.ts';
import { sessionIdOf } from '../../shared/domain/serverless-ids.ts';
import type { Session } from '../../shared/domain/session.ts';
import { fakeClaimedResources } from '../fakes/fake-claimed-resources.ts';
import { claimedSession } from '../fakes/session.ts';
import { startRig } from '../local/emr-serverless/rig.ts';

const ENVIRONMENT = 'test';

const ENGINE: ServerlessEngine = {
  architecture: 'arm64',
  worker: { vCpu: 4, memoryGb: 16, storageGb: 20 },
  maximumVCpu: 64,
  maximumMemoryGb: 256,
  maxConcurrentRuns: 2,
  queueTimeoutMinutes: 15,
  roleArn: 'arn:aws:iam::123456789012:role/atmo-test-us-west-2-serverless-job',
  sessionRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-us-west-2-session',
  packages: { 'emr-7.x': 's3://emr/packages/7/p.tar.gz', 'emr-spark-8.x': 's3://emr/packages/8/p.tar.gz' },
};

const ROLE = ENGINE.sessionRoleArn;

/** A session claimed now. */
const sessionWith = (runToken: string, changes: Partial<Session> = {}): Session => {
  const now = systemClock.now();
  const claimed = claimedSession({ emrRelease: '7.13.0', size: 2, runToken, claimedAt: now, launchDueAt: now });
  return { ...claimed, ...changes };
};

const begin = async () => {
  const rig = await startRig();
  // Throttling is not waited for: the clock stands.
  const client = rig.newClient(1);
  let tokens = 0;
  const application = onDemandApplication({
    environment: ENVIRONMENT,
    engine: ENGINE,
    applications: fakeClaimedResources(),
    client,
    clock: systemClock,
    newToken: () => `application-${(tokens += 1)}`,
    pause: async (milliseconds) => rig.advance(milliseconds / 1000),
  });
  const launch = emrServerlessSessionLaunch(ENVIRONMENT, {
    engine: ENGINE,
    roleArn: ROLE,
    application,
    client,
    clock: systemClock,
  });
  const engine = emrServerlessSessions(ENVIRONMENT, {
    client,
    clock: systemClock,
    costOf: ({ vCPUHour = 0 }) => vCPUHour,
  });
  return { rig, client, launch, engine, connections: emrServerlessSessionConnections(client) };
};

describe('a launch of a session', () => {
  it('starts it on an application that takes sessions, with its name, its limits and its tags', async () => {
    const { rig, client, launch } = await begin();
    const session = sessionWith('0123456789', { name: 'analysis' });
    const { workload } = session;
    const launchSettings = { ...workload.launchSettings, accountingTags: { CostCenter: '42' } };
    const emrId = await launch({ ...session, workload: { ...workload, launchSettings } });
    const { applicationId, sessionId } = sessionIdOf(emrId);
    expect(rig.service.sessions()).toMatchObject([
      {
        id: sessionId,
        applicationId,
        clientToken: '0123456789',
        name: expect.stringMatching(/^atmo-test-session-.*-analysis-0123456789$/) as string,
        executionRoleArn: ROLE,
        idleTimeoutMinutes: 30,
        tags: { Application: 'ATMO', Environment: 'test', Type: 'session', Name: 'analysis', CostCenter: '42' },
        sparkProperties: {
          'spark.dynamicAllocation.maxExecutors': '2',
          'spark.driver.memory': '14g',
          'spark.sql.session.timeZone': 'UTC',
        },
      },
    ]);
    const { application } = await client.send(new GetApplicationCommand({ applicationId }));
    expect(application?.interactiveConfiguration).toEqual({ sessionEnabled: true });
  });

  it('starts nothing twice: not when repeated, not after a lost answer, not long after', async () => {
    const { rig, launch } = await begin();
    const session = sessionWith('0123456789');
    const first = await launch(session);
    expect(await launch(session)).toBe(first);
    rig.service.control({ loseAnswers: 1 });
    const other = sessionWith('9876543210');
    await expect(launch(other)).rejects.toThrow(/hang up|TimeoutError|ECONNRESET|socket/i);
    const emrId = await launch(other);
    // As a newer release of the portal would ask.
    expect(await launch({ ...other, size: 3 })).toBe(emrId);
    await rig.advance(6 * 60);
    expect(await launch({ ...other, size: 3 })).toBe(emrId);
    expect(rig.service.sessions()).toHaveLength(2);
  });

  it('is refused where EMR Serverless says so, and waits where it throttles', async () => {
    const { rig, launch } = await begin();
    await expect(launch(sessionWith('0000000001', { emrRelease: '7.12.0' }))).rejects.toBeInstanceOf(EmrRefusedLaunch);
    rig.service.control({ throttle: { StartSession: 1 } });
    await expect(launch(sessionWith('0000000002'))).rejects.toBeInstanceOf(AwsThrottled);
    expect(rig.service.sessions()).toEqual([]);
  });
});

describe('sessions on EMR Serverless', () => {
  it('are described with their states, times, reason and bill; unknown ones are null', async () => {
    const { rig, launch, engine } = await begin();
    const emrId = await launch(sessionWith('0123456789'));
    expect(await engine.describe(emrId)).toMatchObject({ emrId, runToken: '0123456789', state: 'SUBMITTED' });
    await rig.advance(10);
    expect(await engine.describe(emrId)).toMatchObject({ state: 'IDLE', readyAt: expect.any(String) as string });
    await rig.advance(31 * 60);
    expect(await engine.describe(emrId)).toMatchObject({
      state: 'TERMINATED',
      reason: { code: 'AUTO_TERMINATION', message: 'Session was idle for 30 minutes.' },
      finishedAt: expect.any(String) as string,
      billed: expect.any(Number) as number,
    });
    expect(await engine.describe('00none/00none')).toBeNull();
    expect(await engine.describe(`${sessionIdOf(emrId).applicationId}/00none`)).toBeNull();
  });

  it('are listed by phase, without those of others', async () => {
    const { rig, launch, engine } = await begin();
    const first = await launch(sessionWith('0000000001'));
    await rig.advance(10);
    await engine.terminate([first]);
    await rig.advance(5);
    const second = await launch(sessionWith('0000000002'));
    await rig.startSession(sessionIdOf(first).applicationId, { name: 'by hand' });
    const ids = async (phases: readonly Phase[]) => (await engine.list(phases)).map(({ emrId }) => emrId);
    expect(await ids(['ended'])).toEqual([first]);
    expect(await ids(['starting', 'running'])).toEqual([second]);
    expect(await engine.list([...PHASES], systemClock.now())).toEqual([]);
  });

  it('are terminated; those that have ended, or are unknown, are no error', async () => {
    const { rig, launch, engine } = await begin();
    const emrId = await launch(sessionWith('0123456789'));
    await rig.advance(10);
    await engine.terminate(['00none/00none', emrId]);
    expect((await engine.describe(emrId))?.state).toBe('TERMINATING');
    await rig.advance(5);
    await engine.terminate([emrId]);
    expect(await engine.describe(emrId)).toMatchObject({ state: 'TERMINATED', reason: { code: 'USER_REQUEST' } });
  });

  it('fail with a reason, and a session that never started cost nothing', async () => {
    const { rig, launch, engine } = await begin();
    rig.service.control({ failNext: 'SESSION_FAILURE' });
    const emrId = await launch(sessionWith('0123456789'));
    await rig.advance(10);
    expect(await engine.describe(emrId)).toMatchObject({
      state: 'FAILED',
      reason: { code: 'INTERNAL_ERROR', message: expect.stringContaining('did not start') as string },
      billed: 0,
    });
  });
});

describe('connections to sessions', () => {
  it('have an address and a token of their own, for an hour', async () => {
    const { rig, launch, connections } = await begin();
    const emrId = await launch(sessionWith('0123456789'));
    await rig.advance(10);
    const [first, second] = [await connections.mint(emrId), await connections.mint(emrId)];
    expect(first.endpoint).toMatch(/^http:\/\/localhost:\d+$/);
    expect(second.endpoint).toBe(first.endpoint);
    expect(second.token).not.toBe(first.token);
    expect(Date.parse(first.expiresAt) - Date.now()).toBe(3_600_000);
  });

  it('are refused before the session is started and after its end, and where it is unknown', async () => {
    const { rig, launch, engine, connections } = await begin();
    const emrId = await launch(sessionWith('0123456789'));
    await expect(connections.mint(emrId)).rejects.toBeInstanceOf(Conflict);
    await rig.advance(10);
    await engine.terminate([emrId]);
    await rig.advance(5);
    await expect(connections.mint(emrId)).rejects.toBeInstanceOf(Conflict);
    await expect(connections.mint('00none/00none')).rejects.toBeInstanceOf(NotFound);
  });
});
