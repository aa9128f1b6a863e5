import { describe, expect, it } from 'vitest';

import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import { emrClusterSessions } from '../../functions/adapters/emr-cluster-sessions.ts';
import type { Cluster, ClusterSession } from '../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled, Conflict } from '../../shared/domain/errors.ts';
import { ALICE, claimedCluster, readyCluster } from '../fakes/cluster.ts';
import { GROUPS, HOME, LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { ENVIRONMENT } from '../fakes/fake-emr.ts';
import { startRig } from '../local/emr/rig.ts';

const claimOf = (token: string): ClusterSession => ({ token, ownerId: ALICE.id, sessionId: null });
const CLAIM = claimOf('0123456789');

/** Alice's cluster of a release on the local EMR, ready for sessions if the release has them. */
const begin = async (emrRelease = 'spark-8.0.0') => {
  const rig = await startRig();
  const launch = emrClusterLaunch(LAUNCH_SETTINGS, rig.client);
  const asked = claimedCluster({ emrRelease });
  const emrId = await launch({ cluster: asked, sshKey: SSH_KEY, groups: GROUPS, home: HOME });
  await rig.advance(60);
  const cluster: Cluster = readyCluster({ emrRelease, emrId });
  // Throttling is not waited for: the clock stands.
  return { rig, cluster, emrId, sessions: emrClusterSessions(ENVIRONMENT, rig.newClient(1)) };
};

describe('a launch of a cluster', () => {
  it.each([
    ['spark-8.0.0', true],
    ['7.13.0', undefined],
  ])('with %s enables sessions: %s', async (emrRelease, enabled) => {
    const { rig, emrId } = await begin(emrRelease);
    expect((await rig.describe(emrId)).SessionEnabled).toBe(enabled);
  });
});

describe('the session of a cluster', () => {
  it('is started with its name and our tags, and seen until it takes connections', async () => {
    const { rig, cluster, sessions } = await begin();
    const id = await sessions.start(cluster, CLAIM);
    expect(await sessions.look(id)).toEqual({ state: 'STARTING', reason: '' });
    await expect(sessions.mint(id)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/takes no connections now: .*STARTING/) as string,
    });
    expect(rig.emr.sessions()).toMatchObject([
      {
        clusterId: id.jobflowId,
        name: 'atmo-test-session-alice-eager-curie-0001-0123456789',
        clientRequestToken: '0123456789',
        idleTimeoutMinutes: 60,
        tags: { Application: 'ATMO', Environment: 'test', Type: 'session' },
      },
    ]);
    await rig.advance(3);
    expect(await sessions.look(id)).toEqual({ state: 'IDLE', reason: '' });
    const minted = await sessions.mint(id);
    expect(minted).toMatchObject({ headers: { authorization: id.sessionId } });
    expect(minted.endpoint).toMatch(/^http:\/\/localhost:/);
    expect((await sessions.mint(id)).token).not.toBe(minted.token);
  });

  it('is started once, though EMR’s answer was lost and though it is asked again later', async () => {
    const { rig, cluster, sessions } = await begin();
    expect(await sessions.find(cluster, CLAIM)).toBeNull();
    rig.emr.control({ errorAfterLaunch: 1 });
    await expect(sessions.start(cluster, CLAIM)).rejects.toBeInstanceOf(AwsFailed);
    const id = await sessions.find(cluster, CLAIM);
    expect(await sessions.start(cluster, CLAIM)).toEqual(id);
    expect(rig.emr.sessions()).toHaveLength(1);
    expect(await sessions.find(cluster, claimOf('9876543210'))).toBeNull();
    expect(await sessions.start(cluster, claimOf('9876543210'))).not.toEqual(id);
  });

  it('is refused in EMR’s words, and throttling is told apart', async () => {
    const { rig, cluster, sessions } = await begin('7.13.0');
    await expect(sessions.start(cluster, CLAIM)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Sessions are not enabled') as string,
    });
    rig.emr.control({ throttle: { StartSession: 1 } });
    await expect(sessions.start(cluster, CLAIM)).rejects.toBeInstanceOf(AwsThrottled);
  });

  it('ends when it is told to, which may be repeated, and is then neither found nor opened', async () => {
    const { rig, cluster, sessions } = await begin();
    const id = await sessions.start(cluster, CLAIM);
    await rig.advance(3);
    await sessions.end(id);
    await rig.advance(3);
    await sessions.end(id);
    expect(await sessions.look(id)).toEqual({ state: 'TERMINATED', reason: 'Session was terminated by request.' });
    expect(await sessions.find(cluster, CLAIM)).toBeNull();
    await expect(sessions.mint(id)).rejects.toBeInstanceOf(Conflict);
  });

  it('that EMR does not know is seen as gone', async () => {
    const { emrId, sessions } = await begin();
    expect(await sessions.look({ jobflowId: emrId, sessionId: 'is-NONE' })).toBeNull();
    await sessions.end({ jobflowId: emrId, sessionId: 'is-NONE' });
  });
});
