import {
  GetResourceDashboardCommand,
  GetSessionEndpointCommand,
  ListSessionsCommand,
  paginateListSessions,
  StartSessionCommand,
  StopApplicationCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';
import { heldSessionExecutor } from '../connect/held-session-executor.ts';
import { refusal, sessionInput, START, startRig, type Rig } from './rig.ts';

const HOUR = 3600;

const endpoint = (rig: Rig, applicationId: string, sessionId: string) =>
  rig.client.send(new GetSessionEndpointCommand({ applicationId, sessionId }));

describe('a session', () => {
  it('starts, is idle, and ends after its idle time', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    const id = await rig.startSession(application, { idleTimeoutMinutes: 30 });
    expect((await rig.session(application, id)).state).toBe('STARTING');
    await rig.advance(2);
    expect(await rig.session(application, id)).toMatchObject({
      state: 'STARTED',
      startedAt: new Date(START + 4000),
      releaseLabel: 'emr-7.13.0',
      idleTimeoutMinutes: 30,
    });
    await rig.advance(1);
    const { state, idleSince } = await rig.session(application, id);
    expect([state, idleSince]).toEqual(['IDLE', new Date(START + 5000)]);
    await rig.advance(30 * 60);
    expect((await rig.session(application, id)).state).toBe('TERMINATING');
    await rig.advance(1);
    expect(await rig.session(application, id)).toMatchObject({
      state: 'TERMINATED',
      stateDetails: 'Session was idle for 30 minutes.',
      endedAt: new Date(START + 5000 + 1801 * 1000),
      billedResourceUtilization: { vCPUHour: expect.any(Number) as number },
    });
  });

  it('lives 24 hours at most, however busy', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    const id = await rig.startSession(application, { idleTimeoutMinutes: 10_000 });
    await rig.advance(24 * HOUR);
    expect((await rig.session(application, id)).state).toBe('IDLE');
    await rig.advance(4);
    expect(await rig.session(application, id)).toMatchObject({
      state: 'TERMINATED',
      stateDetails: expect.stringContaining('24 hours') as string,
    });
  });

  it('starts its application, keeps it from stopping, and lets it stop afterwards', async () => {
    const rig = await startRig();
    const application = await rig.application({ interactiveConfiguration: { sessionEnabled: true } });
    const id = await rig.startSession(application, { idleTimeoutMinutes: 120 });
    expect((await rig.session(application, id)).state).toBe('SUBMITTED');
    await rig.advance(HOUR);
    expect(await rig.applicationState(application)).toBe('STARTED');
    expect(await refusal(rig.client.send(new StopApplicationCommand({ applicationId: application })))).toMatch(
      /sessions/,
    );
    await rig.client.send(new TerminateSessionCommand({ applicationId: application, sessionId: id }));
    await rig.advance(20 * 60);
    expect((await rig.session(application, id)).stateDetails).toBe('Session was terminated by request.');
    expect(await rig.applicationState(application)).toBe('STOPPED');
  });

  it('is the same for the same client token, and another input with it is a conflict', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    const input = sessionInput(application);
    const [first, second] = [
      await rig.client.send(new StartSessionCommand(input)),
      await rig.client.send(new StartSessionCommand(input)),
    ];
    expect(second.sessionId).toBe(first.sessionId);
    const other = new StartSessionCommand({ ...input, idleTimeoutMinutes: 5 });
    expect(await refusal(rig.client.send(other))).toMatch(/^ConflictException: .*other parameters/);
    expect(rig.service.sessions()).toHaveLength(1);
  });

  it('is not taken by releases without sessions, nor by applications that do not enable them', async () => {
    const rig = await startRig();
    const old = await rig.interactive({ releaseLabel: 'emr-7.12.0' });
    expect(await refusal(rig.startSession(old))).toMatch(/^ValidationException: .*emr-7\.12\.0 does not support/);
    const plain = await rig.application();
    expect(await refusal(rig.startSession(plain))).toMatch(/^ValidationException: .*not enabled/);
    const newest = await rig.interactive({ releaseLabel: 'emr-spark-8.0.0' });
    expect(await rig.startSession(newest)).toMatch(/^00/);
  });

  it('is one of 25 of an application at most', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    for (let started = 0; started < 25; started += 1) await rig.startSession(application);
    expect(await refusal(rig.startSession(application))).toMatch(/^ServiceQuotaExceededException/);
    const [{ id: sessionId } = { id: '' }] = rig.service.sessions();
    await rig.client.send(new TerminateSessionCommand({ applicationId: application, sessionId }));
    await rig.advance(1);
    await rig.startSession(application);
    expect(rig.service.sessions()).toHaveLength(26);
  });

  it('fails where the application has no room, while job runs queue', async () => {
    const rig = await startRig();
    // Room for one: a driver of 2 and two executors of 4 vCPU.
    const application = await rig.interactive({
      maximumCapacity: { cpu: '12 vCPU', memory: '64 GB' },
      schedulerConfiguration: { maxConcurrentRuns: 5, queueTimeoutMinutes: 15 },
    });
    const first = await rig.startSession(application);
    const second = await rig.startSession(application);
    const run = await rig.start(application);
    expect(await rig.session(application, second)).toMatchObject({
      state: 'FAILED',
      stateDetails: expect.stringContaining('maximum capacity') as string,
    });
    expect((await rig.jobRun(application, run)).state).toBe('QUEUED');
    await rig.client.send(new TerminateSessionCommand({ applicationId: application, sessionId: first }));
    await rig.advance(1);
    expect((await rig.jobRun(application, run)).state).toBe('PENDING');
    const most = await rig.interactive({ maximumCapacity: { cpu: '8 vCPU', memory: '64 GB' } });
    expect(await refusal(rig.startSession(most))).toMatch(/^ValidationException: .*more than the maximum capacity/);
  });

  it('has an end that no call changes', async () => {
    const rig = await startRig();
    const applicationId = await rig.interactive();
    const sessionId = await rig.startSession(applicationId);
    const terminate = () => rig.client.send(new TerminateSessionCommand({ applicationId, sessionId }));
    await terminate();
    await terminate();
    await rig.advance(1);
    expect((await rig.session(applicationId, sessionId)).state).toBe('TERMINATED');
    expect(await refusal(terminate())).toMatch(/^ValidationException: .*final state/);
    expect(await refusal(endpoint(rig, applicationId, sessionId))).toMatch(/^ValidationException: .*TERMINATED/);
    expect(await refusal(rig.session(applicationId, '00none'))).toMatch(/^ResourceNotFoundException/);
  });

  it('is listed, by state, time and page', async () => {
    const rig = await startRig();
    const applicationId = await rig.interactive();
    const [first, second] = [await rig.startSession(applicationId), await rig.startSession(applicationId)];
    await rig.client.send(new TerminateSessionCommand({ applicationId, sessionId: first }));
    await rig.advance(60);
    const third = await rig.startSession(applicationId);
    const ids = async (input: object) =>
      (await rig.client.send(new ListSessionsCommand({ applicationId, ...input }))).sessions?.map(
        (one) => one.sessionId,
      );
    expect(await ids({ states: ['IDLE', 'STARTING'] })).toEqual([third, second]);
    expect(await ids({ createdAtAfter: new Date(START + 30_000) })).toEqual([third]);
    const paged: (string | undefined)[] = [];
    for await (const { sessions = [] } of paginateListSessions(
      { client: rig.client, pageSize: 1 },
      { applicationId },
    )) {
      paged.push(...sessions.map((one) => one.sessionId));
    }
    expect(paged).toEqual([third, second, first]);
  });

  it('has a dashboard once Spark runs, where Spark is installed', async () => {
    const rig = await startRig();
    const applicationId = await rig.interactive();
    const resourceId = await rig.startSession(applicationId);
    const ask = (input: { resourceId: string; resourceType: 'SESSION' }) =>
      rig.client.send(new GetResourceDashboardCommand({ applicationId, ...input }));
    expect((await ask({ resourceId, resourceType: 'SESSION' })).url).toBeUndefined();
    await rig.advance(60);
    expect(await refusal(ask({ resourceId, resourceType: 'SESSION' }))).toMatch(
      /^ValidationException: Spark is not installed .*spark:install/,
    );
    expect(await refusal(ask({ resourceId: '00none', resourceType: 'SESSION' }))).toMatch(/^ResourceNotFoundException/);
  });

  it('sends no events', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    rig.events.splice(0);
    await rig.startSession(application);
    await rig.advance(60);
    expect(rig.events).toEqual([]);
  });
});

describe('the Spark of a session', () => {
  it('makes it started when it listens, and ends with it', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig({ sessionExecutor });
    const applicationId = await rig.interactive();
    const sessionId = await rig.startSession(applicationId);
    await rig.advance(60);
    expect((await rig.session(applicationId, sessionId)).state).toBe('STARTING');
    expect(await refusal(endpoint(rig, applicationId, sessionId))).toMatch(/^ValidationException: .*STARTING/);
    begun[0]?.listen(1);
    expect((await rig.session(applicationId, sessionId)).state).toBe('STARTED');
    await rig.client.send(new TerminateSessionCommand({ applicationId, sessionId }));
    await rig.advance(2);
    await rig.settle();
    expect((await rig.session(applicationId, sessionId)).state).toBe('TERMINATED');
    expect(begun[0]?.session).toMatchObject({ id: sessionId, releaseLabel: 'emr-7.13.0' });
  });

  it('fails it where Spark ends by itself, with what Spark said', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig({ sessionExecutor });
    const applicationId = await rig.interactive();
    const sessionId = await rig.startSession(applicationId);
    begun[0]?.listen(1);
    begun[0]?.end({ executed: true, exitCode: 1 });
    await rig.settle();
    expect(await rig.session(applicationId, sessionId)).toMatchObject({
      state: 'FAILED',
      stateDetails: 'Session failed: Spark ended with exit code 1. Spark begins',
    });
  });

  it('fails it with the remedy where there is no Spark, unless it is ordered to live without', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig({ sessionExecutor });
    const applicationId = await rig.interactive();
    const noSpark = { executed: false, reason: 'Spark is not installed (npm run spark:install)' } as const;
    const failing = await rig.startSession(applicationId);
    begun[0]?.end(noSpark);
    await rig.settle();
    expect(await rig.session(applicationId, failing)).toMatchObject({
      state: 'FAILED',
      stateDetails: 'Session failed: Spark is not installed (npm run spark:install).',
    });
    rig.service.control({ sessionsWithoutSpark: true });
    const living = await rig.startSession(applicationId);
    begun[1]?.end(noSpark);
    await rig.settle();
    expect((await rig.session(applicationId, living)).state).toBe('STARTED');
    expect((await endpoint(rig, applicationId, living)).endpoint).toMatch(/^http:\/\/localhost:\d+$/);
  });

  it('is started again after a restart, where it is still to live', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig({ sessionExecutor });
    const applicationId = await rig.interactive();
    const [living, ending, starting] = [
      await rig.startSession(applicationId),
      await rig.startSession(applicationId),
      await rig.startSession(applicationId),
    ];
    begun[0]?.listen(1);
    await rig.advance(5);
    await rig.client.send(new TerminateSessionCommand({ applicationId, sessionId: ending }));
    const before = await rig.session(applicationId, living);
    await rig.restart({ sessionExecutor });
    expect(begun.slice(3).map(({ session }) => session.id)).toEqual([living, starting]);
    expect(await rig.session(applicationId, living)).toEqual({ ...before, updatedAt: expect.any(Date) as Date });
    expect(await refusal(endpoint(rig, applicationId, living))).toMatch(/^ValidationException/);
    begun[3]?.listen(1);
    expect((await endpoint(rig, applicationId, living)).authToken).toMatch(/^[\w-]{43}$/);
    await rig.advance(2);
    await rig.settle();
    expect((await rig.session(applicationId, ending)).state).toBe('TERMINATED');
  });
});

describe('local control of sessions', () => {
  it.each([
    ['SESSION_FAILURE', 'did not start'],
    ['INTERNAL_ERROR', 'internal error'],
  ])('lets the next one fail with %s', async (failNext, details) => {
    const rig = await startRig();
    const application = await rig.interactive();
    rig.service.control({ failNext });
    const [failing, other] = [await rig.startSession(application), await rig.startSession(application)];
    await rig.advance(2);
    expect(await rig.session(application, failing)).toMatchObject({
      state: 'FAILED',
      stateDetails: expect.stringContaining(details) as string,
    });
    expect((await rig.session(application, other)).state).toBe('STARTED');
  });

  it('leaves a failure that is for job runs to a job run', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    rig.service.control({ failNext: 'JOB_FAILURE' });
    const [session, run] = [await rig.startSession(application), await rig.start(application)];
    await rig.advance(5);
    expect((await rig.session(application, session)).state).toBe('IDLE');
    expect((await rig.jobRun(application, run)).state).toBe('FAILED');
  });

  it('throttles, and loses answers after the work', async () => {
    const rig = await startRig();
    const application = await rig.interactive();
    rig.service.control({ throttle: { StartSession: 1 } });
    expect(await refusal(rig.startSession(application))).toBe('ThrottlingException: Rate exceeded');
    rig.service.control({ loseAnswers: 1 });
    const input = sessionInput(application);
    await expect(rig.client.send(new StartSessionCommand(input))).rejects.toThrow(/hang up|ECONNRESET|socket/i);
    const { sessionId } = await rig.client.send(new StartSessionCommand(input));
    expect(rig.service.sessions().map(({ id }) => id)).toEqual([sessionId]);
    expect(rig.service.calls()).toMatchObject({ StartSession: 3 });
  });
});
