import { describe, expect, it, vi } from 'vitest';

import { connectCluster } from '../../../functions/clusters/connect-cluster.ts';
import { problemOf } from '../../../functions/runtime/problem.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { AwsFailed, Conflict } from '../../../shared/domain/errors.ts';
import { ADMIN, ALICE, at, BOB, readyCluster } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeClusterSessions } from '../../fakes/fake-cluster-sessions.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { grantOnCluster } from '../../fakes/grant.ts';
import { testClock } from '../../fakes/test-clock.ts';
import type { Changes } from '../../fakes/workload.ts';

const NOT_READY = { name: 'NotReady' };
const CONFLICT = { name: 'Conflict' };

const says = (text: RegExp): string => expect.stringMatching(text) as string;

/** Alice's ready cluster of a release that has sessions. */
const portal = (changes: Changes<Cluster> = {}) => {
  const clock = testClock(at('07:00:00'));
  const ofEmr = fakeClusterSessions(clock);
  const clusters = fakeClusterRepository(readyCluster({ emrRelease: 'spark-8.0.0', ...changes }));
  const grants = fakeGrantRepository();
  const audit = fakeAuditTrail();
  let tokens = 0;
  const newRunToken = () => `token0000${(tokens += 1)}`;
  const { clusterSessions } = ofEmr;
  const connect = connectCluster({ clusters, grants, clusterSessions, audit, clock, newRunToken });
  return {
    ...ofEmr,
    clock,
    clusters,
    grants,
    connect: (person = ALICE) => connect({ id: 'c1' }, person),
    started: () => [...ofEmr.held.keys()],
    entries: () => audit.entries.map(({ action }) => action),
    audit,
    session: async () => (await clusters.get('c1')).session,
  };
};

/** The same with a session in this state. */
const connected = async (state: 'STARTING' | 'IDLE' | 'TERMINATED' | 'FAILED', reason = '') => {
  const world = portal();
  await expect(world.connect()).rejects.toMatchObject(NOT_READY);
  world.put('is-1', state, reason);
  world.calls.length = 0;
  return world;
};

describe('connecting to a cluster', () => {
  it('starts one session, says so until it is started, then answers address, token and what to paste', async () => {
    const world = portal();
    for (const state of ['SUBMITTED', 'STARTING'] as const) {
      await expect(world.connect()).rejects.toMatchObject({ ...NOT_READY, message: says(/about a minute/) });
      world.put('is-1', state);
    }
    world.put('is-1', 'STARTED');
    expect(await world.connect()).toEqual({
      url: 'sc://host:443/;use_ssl=true;x-aws-proxy-auth=canary-token;authorization=is-1',
      token: 'canary-token',
      expiresAt: at('08:00:00'),
      install: 'pip install "pyspark[connect]==4.0.2"',
      python: expect.stringContaining('canary-token') as string,
    });
    expect(world.started()).toEqual(['is-1']);
    expect(world.entries()).toEqual(['cluster.start-session', 'cluster.connect']);
  });

  it('tells a page by the type of the problem that it may ask again', async () => {
    const refused: unknown = await portal()
      .connect()
      .catch((error: unknown) => error);
    expect(problemOf(refused, 'r1')).toMatchObject({ status: 409, type: '/problems/not-ready' });
  });

  it('uses the session that lives, with another token for each click', async () => {
    const world = await connected('IDLE');
    await world.connect();
    await world.connect();
    expect(world.calls).toEqual(['look', 'mint', 'look', 'mint']);
  });

  it('keeps the token out of the item and the audit trail', async () => {
    const world = await connected('IDLE');
    await world.connect();
    expect(JSON.stringify([await world.clusters.get('c1'), world.audit.entries])).not.toContain('canary');
  });

  it('is for its owner alone, not even for an admin, and hidden from strangers', async () => {
    const world = portal();
    await expect(world.connect(BOB)).rejects.toMatchObject({ name: 'NotFound' });
    await world.grants.put(grantOnCluster(await world.clusters.get('c1'), 'user:sub-bob', 'manage'));
    for (const person of [BOB, ADMIN]) await expect(world.connect(person)).rejects.toMatchObject({ name: 'Forbidden' });
    expect(world.calls).toEqual([]);
  });

  it('is refused with the remedy where the release has no sessions on clusters', async () => {
    const world = portal({ emrRelease: '7.13.0' });
    await expect(world.connect()).rejects.toMatchObject({
      ...CONFLICT,
      message: says(/7\.13\.0 .* from spark-8\.0\.0 on/),
    });
    expect(world.calls).toEqual([]);
  });

  it.each([
    ['starts', { status: 'BOOTSTRAPPING', readyAt: null }, /BOOTSTRAPPING/],
    ['has ended', { status: 'TERMINATED', finishedAt: at('06:59:00') }, /TERMINATED/],
    ['is to end', { termination: { by: 'alice', reason: 'requested', at: at('06:59:00') } }, /being terminated/],
  ] as const)('is refused while the cluster %s', async (_when, changes, message) => {
    const world = portal(changes);
    await expect(world.connect()).rejects.toMatchObject({ ...CONFLICT, message: says(message) });
    expect(world.calls).toEqual([]);
    expect(world.entries()).toEqual([]);
  });

  it('asks EMR for nothing where the entry in the audit trail cannot be written', async () => {
    const world = portal();
    world.audit.failure = new AwsFailed('down');
    await expect(world.connect()).rejects.toBe(world.audit.failure);
    expect(world.calls).toEqual([]);
    expect(await world.session()).toBeUndefined();
  });
});

describe('the session of a cluster', () => {
  it('is one for two clicks at once', async () => {
    const world = portal();
    const [first, second] = await Promise.allSettled([world.connect(), world.connect()]);
    for (const click of [first, second]) expect(click).toMatchObject({ status: 'rejected', reason: NOT_READY });
    expect(world.calls).toEqual(['start']);
    expect(await world.session()).toMatchObject({ sessionId: 'is-1' });
  });

  it.each([
    ['remembers the request', undefined],
    ['has forgotten the request', 'forgotten'],
  ])('is not started twice after a lost answer, where EMR %s', async (_how, forgotten) => {
    const world = portal();
    world.lostAnswers.push(new AwsFailed('timed out'));
    await expect(world.connect()).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.session()).toMatchObject({ sessionId: null });
    if (forgotten === undefined) vi.spyOn(world.clusterSessions, 'find').mockResolvedValueOnce(null);
    else vi.spyOn(world.clusterSessions, 'start').mockRejectedValue(new Error('a second session'));
    await expect(world.connect()).rejects.toMatchObject(NOT_READY);
    expect(await world.session()).toMatchObject({ sessionId: 'is-1' });
    expect(world.started()).toEqual(['is-1']);
  });

  it('is started anew after it has ended, by one of two clicks', async () => {
    const world = await connected('TERMINATED');
    await Promise.allSettled([world.connect(), world.connect()]);
    expect(world.started()).toEqual(['is-1', 'is-2']);
    world.put('is-2', 'IDLE');
    expect(await world.connect()).toMatchObject({ token: 'canary-token' });
  });

  it('that EMR no longer knows is replaced', async () => {
    const world = await connected('IDLE');
    world.held.clear();
    await expect(world.connect()).rejects.toMatchObject(NOT_READY);
    expect(world.calls).toEqual(['look', 'start']);
  });

  it('that failed says why, once, and the next click starts another', async () => {
    const world = await connected('FAILED', 'Spark ended with exit code 1.');
    await expect(world.connect()).rejects.toMatchObject({ ...CONFLICT, message: says(/Spark ended with exit code 1/) });
    await expect(world.connect()).rejects.toMatchObject(NOT_READY);
    expect(world.calls).toEqual(['look', 'start']);
  });

  it('says what EMR says where the cluster takes none', async () => {
    const world = portal();
    vi.spyOn(world.clusterSessions, 'start').mockRejectedValue(new Conflict('EMR starts no Spark session: disabled'));
    await expect(world.connect()).rejects.toMatchObject({ ...CONFLICT, message: says(/disabled/) });
  });

  it('of the owner before is ended, and not handed to the next', async () => {
    const world = await connected('IDLE');
    await world.clusters.change('c1', (cluster) => ({ ...cluster, ownerId: BOB.id, owner: 'bob' }));
    await expect(world.connect(BOB)).rejects.toMatchObject(NOT_READY);
    expect(world.calls).toEqual(['end', 'start']);
    expect(await world.session()).toMatchObject({ ownerId: BOB.id, sessionId: 'is-2' });
  });

  it('is not started for somebody whose cluster was transferred since it was read', async () => {
    const world = portal();
    const { record } = world.audit;
    world.audit.record = async (entry) => {
      await world.clusters.change('c1', (cluster) => ({ ...cluster, ownerId: BOB.id, owner: 'bob' }));
      return record.call(world.audit, entry);
    };
    await expect(world.connect()).rejects.toMatchObject({ ...CONFLICT, message: says(/transferred to bob/) });
    expect(world.calls).toEqual([]);
  });

  it('that was started while the cluster was transferred is ended', async () => {
    const world = portal();
    const { start } = world.clusterSessions;
    vi.spyOn(world.clusterSessions, 'start').mockImplementationOnce(async (...asked) => {
      await world.clusters.change('c1', ({ session: _session, ...cluster }) => ({ ...cluster, ownerId: BOB.id }));
      return start(...asked);
    });
    await expect(world.connect()).rejects.toMatchObject(CONFLICT);
    expect(world.held.get('is-1')).toMatchObject({ state: 'TERMINATED' });
    expect(await world.session()).toBeUndefined();
  });
});
