import {
  GetSessionCommand,
  GetSessionEndpointCommand,
  ListSessionsCommand,
  StartSessionCommand,
  TerminateSessionCommand,
  type RunJobFlowCommandInput,
  type StartSessionCommandInput,
} from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';
import { heldSessionExecutor } from '../connect/held-session-executor.ts';
import { refusal, START, startRig, type Rig } from './rig.ts';

const ENABLED = {
  ReleaseLabel: 'emr-spark-8.0.0',
  Applications: [{ Name: 'Spark' }],
  SessionEnabled: true,
} as const satisfies Partial<RunJobFlowCommandInput>;

/** Until a launched cluster is ready. */
const READY_SECONDS = 10;

const readyCluster = async (rig: Rig, changes: Partial<RunJobFlowCommandInput> = {}): Promise<string> => {
  const id = await rig.launch({ ...ENABLED, ...changes });
  await rig.advance(READY_SECONDS);
  return id;
};

const started = async (rig: Rig, ClusterId: string, changes: Partial<StartSessionCommandInput> = {}) => {
  const command = new StartSessionCommand({ ClusterId, Name: 'analysis', ...changes });
  return (await rig.client.send(command)).Id ?? '';
};

const session = async (rig: Rig, ClusterId: string, SessionId: string) =>
  (await rig.client.send(new GetSessionCommand({ ClusterId, SessionId }))).Session;

const listed = async (rig: Rig, ClusterId: string, SessionStates?: ('IDLE' | 'TERMINATED')[]) => {
  const command = new ListSessionsCommand({ ClusterId, ...(SessionStates && { SessionStates }) });
  return (await rig.client.send(command)).Sessions?.map(({ Id }) => Id);
};

describe('a session on a cluster', () => {
  it('starts, is idle, and ends after its idle time', async () => {
    const rig = await startRig();
    const cluster = await readyCluster(rig);
    expect((await rig.describe(cluster)).SessionEnabled).toBe(true);
    const id = await started(rig, cluster, {
      SessionIdleTimeoutInMinutes: 30,
      Tags: [{ Key: 'Type', Value: 'session' }],
    });
    expect(await session(rig, cluster, id)).toMatchObject({ State: 'STARTING', ClusterId: cluster, Name: 'analysis' });
    await rig.advance(2);
    expect(await session(rig, cluster, id)).toMatchObject({
      State: 'STARTED',
      Arn: `arn:aws:elasticmapreduce:us-west-2:123456789012:cluster/${cluster}/session/${id}`,
      ReleaseLabel: 'emr-spark-8.0.0',
      StartedAt: new Date(START + (READY_SECONDS + 2) * 1000),
      SessionIdleTimeoutInMinutes: 30,
      Tags: [{ Key: 'Type', Value: 'session' }],
    });
    await rig.advance(1);
    expect((await session(rig, cluster, id))?.State).toBe('IDLE');
    expect(await listed(rig, cluster, ['IDLE'])).toEqual([id]);
    await rig.advance(30 * 60 + 1);
    expect(await session(rig, cluster, id)).toMatchObject({
      State: 'TERMINATED',
      StateChangeReason: 'Session was idle for 30 minutes.',
    });
    expect(await listed(rig, cluster, ['IDLE'])).toEqual([]);
  });

  it('is the same for the same client token, and another request with it is refused', async () => {
    const rig = await startRig();
    const cluster = await readyCluster(rig);
    const asked = { ClientRequestToken: 'token-1' };
    expect(await started(rig, cluster, asked)).toBe(await started(rig, cluster, asked));
    expect(await refusal(started(rig, cluster, { ...asked, Name: 'another' }))).toMatch(
      /^InvalidRequestException: .*another request/,
    );
    expect(await listed(rig, cluster)).toHaveLength(1);
  });

  it('is not taken by clusters without sessions, nor before they are ready', async () => {
    const rig = await startRig();
    expect(await refusal(rig.launch({ SessionEnabled: true }))).toMatch(
      /^ValidationException: Sessions are not supported with release label emr-7\.10\.0/,
    );
    const plain = await readyCluster(rig, { SessionEnabled: false });
    expect(await refusal(started(rig, plain))).toMatch(/^InvalidRequestException: Sessions are not enabled/);
    const starting = await rig.launch(ENABLED);
    expect(await refusal(started(rig, starting))).toMatch(/^InvalidRequestException: .* is STARTING/);
    expect(await refusal(started(rig, starting, { Name: '' }))).toMatch(/^ValidationException: .*'name'/);
  });

  it('ends with its cluster, which waits for its Spark to be gone', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig(undefined, { sessionExecutor });
    const cluster = await readyCluster(rig);
    const id = await started(rig, cluster);
    expect(begun[0]?.session).toEqual({
      id,
      releaseLabel: 'emr-spark-8.0.0',
      roleArn: 'arn:aws:iam::123456789012:role/emr-profile',
      shownWith: cluster,
    });
    begun[0]?.listen(1);
    await rig.advance(1);
    await rig.terminate(cluster);
    expect((await session(rig, cluster, id))?.State).toBe('TERMINATING');
    await rig.advance(2);
    expect((await session(rig, cluster, id))?.State).toBe('TERMINATED');
    expect((await rig.describe(cluster)).Status?.State).toBe('TERMINATED');
  });

  it('is work for its cluster, whose idle time begins when it has ended', async () => {
    const rig = await startRig();
    const cluster = await readyCluster(rig, { AutoTerminationPolicy: { IdleTimeout: 600 } });
    const id = await started(rig, cluster);
    await rig.advance(1200);
    expect((await rig.describe(cluster)).Status?.State).toBe('WAITING');
    await rig.client.send(new TerminateSessionCommand({ ClusterId: cluster, SessionId: id }));
    await rig.advance(1200);
    expect((await rig.describe(cluster)).Status?.State).toBe('TERMINATED');
  });

  it('outlasts a restart, with a new Spark', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig(undefined, { sessionExecutor });
    const cluster = await readyCluster(rig);
    const id = await started(rig, cluster);
    begun[0]?.listen(1);
    await rig.advance(1);
    await rig.restart();
    expect((await session(rig, cluster, id))?.State).toBe('IDLE');
    expect(begun).toHaveLength(2);
  });

  it('fails where its Spark ends, and says what to install where there is none', async () => {
    const { sessionExecutor, begun } = heldSessionExecutor();
    const rig = await startRig(undefined, { sessionExecutor });
    const cluster = await readyCluster(rig);
    const crashed = await started(rig, cluster);
    begun[0]?.end({ executed: true, exitCode: 1 });
    const without = await started(rig, cluster);
    begun[1]?.end({ executed: false, reason: 'Spark is not installed (npm run spark:install)' });
    await rig.advance(1);
    rig.emr.control({ sessionsWithoutSpark: true });
    const allowed = await started(rig, cluster);
    begun[2]?.end({ executed: false, reason: 'Spark is not installed' });
    await rig.advance(1);
    const seen = async (id: string) => {
      const { State, StateChangeReason } = (await session(rig, cluster, id)) ?? {};
      return [State, StateChangeReason];
    };
    expect(await seen(crashed)).toEqual(['FAILED', expect.stringContaining('exit code 1')]);
    expect(await seen(without)).toEqual(['FAILED', expect.stringContaining('npm run spark:install')]);
    expect(await seen(allowed)).toEqual(['IDLE', '']);
  });
});

describe('the endpoint of a session on a cluster', () => {
  const endpoint = (rig: Rig, ClusterId: string, SessionId: string) =>
    rig.client.send(new GetSessionEndpointCommand({ ClusterId, SessionId }));

  it('is there while the session takes connections, with another token each time', async () => {
    const rig = await startRig();
    const cluster = await readyCluster(rig);
    const id = await started(rig, cluster);
    expect(await refusal(endpoint(rig, cluster, id))).toMatch(/^InvalidRequestException: .* in state STARTING/);
    await rig.advance(3);
    const [first, second] = [await endpoint(rig, cluster, id), await endpoint(rig, cluster, id)];
    expect(first.Endpoint).toMatch(/^http:\/\/localhost:\d+$/);
    expect(second.Endpoint).toBe(first.Endpoint);
    expect(second.AuthToken).not.toBe(first.AuthToken);
    expect(first.AuthTokenExpirationTime).toEqual(new Date(START + (READY_SECONDS + 3 + 3600) * 1000));
    await rig.client.send(new TerminateSessionCommand({ ClusterId: cluster, SessionId: id }));
    expect(await refusal(endpoint(rig, cluster, id))).toMatch(/in state TERMINATING/);
  });

  it('is of one cluster’s session only', async () => {
    const rig = await startRig();
    const [cluster, other] = [await readyCluster(rig), await readyCluster(rig)];
    const id = await started(rig, cluster);
    await rig.advance(3);
    expect(await refusal(endpoint(rig, other, id))).toMatch(/^InvalidRequestException: Session id/);
  });
});
