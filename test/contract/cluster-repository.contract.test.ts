import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { rateOf } from '../../shared/domain/cost.ts';
import { dynamoDbClusterRepository } from '../../functions/adapters/dynamodb-cluster-repository.ts';
import type { ClusterRepository } from '../../functions/ports/cluster-repository.ts';
import { extendedBy, withExpiryMail } from '../../shared/domain/cluster.ts';
import { at, claimedCluster, readyCluster, terminating } from '../fakes/cluster.ts';
import { fakeClusterRepository } from '../fakes/fake-cluster-repository.ts';
import { withChanges } from '../fakes/workload.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<ClusterRepository>][] = [
  ['the fake', async () => fakeClusterRepository()],
  ['DynamoDB', async () => dynamoDbClusterRepository(await dynamoDb.newTable())],
];

const ids = (clusters: readonly { id: string }[]): string[] => clusters.map(({ id }) => id).toSorted();

describe.each(implementations)('ClusterRepository as %s', (_name, create) => {
  let clusters: ClusterRepository;
  beforeEach(async () => {
    clusters = await create();
  });

  it('gives back what was claimed, and what it has become', async () => {
    const claimed = claimedCluster();
    await clusters.claimLaunch(claimed);
    expect(await clusters.get('c1')).toEqual(claimed);
    const rich = withExpiryMail(
      terminating(
        readyCluster({
          identifier: 'x-1',
          reason: { code: 'USER_REQUEST', message: 'Größe' },
          finishedAt: at('07:00:00'),
          normalizedInstanceHours: 16,
          absentSweeps: 1,
          rate: rateOf({ ec2: 0.1632, emr: 0.0408, ipv4: 0.005 }),
        }),
        { by: 'alice', reason: 'requested', at: at('06:30:00') },
      ),
      at('06:40:00'),
    );
    expect(await clusters.change('c1', () => rich)).toEqual({ ...rich, version: 2 });
    expect(await clusters.get('c1')).toEqual({ ...rich, version: 2 });
  });

  it('claims an id once', async () => {
    await clusters.claimLaunch(claimedCluster());
    await expect(clusters.claimLaunch(claimedCluster({ ownerId: 'sub-bob', owner: 'bob' }))).rejects.toMatchObject({
      name: 'Conflict',
    });
    expect((await clusters.get('c1')).owner).toBe('alice');
  });

  it('takes back a claim that EMR was not asked for, but never a launched cluster or a newer claim', async () => {
    const attempted = claimedCluster();
    await clusters.claimLaunch(attempted);
    await clusters.abandonLaunch(attempted);
    expect((await clusters.get('c1')).workload.status).toBe('LAUNCHING');
    const claimed = await clusters.change('c1', (cluster) => withChanges(cluster, { launchAttemptedAt: null }));
    await clusters.abandonLaunch(withChanges(claimed, { runToken: 'other-one' }));
    expect((await clusters.get('c1')).workload.status).toBe('LAUNCHING');
    await clusters.abandonLaunch(claimed);
    await expect(clusters.get('c1')).rejects.toMatchObject({ name: 'NotFound' });
    await clusters.abandonLaunch(claimed);

    await clusters.claimLaunch(readyCluster());
    await clusters.abandonLaunch(claimed);
    expect((await clusters.get('c1')).workload.status).toBe('WAITING');
  });

  it('finds a cluster by its id in EMR, once it has one', async () => {
    await clusters.claimLaunch(claimedCluster());
    expect(await clusters.findByEmrId('j-1')).toBeNull();
    await clusters.change('c1', (cluster) => withChanges(cluster, { emrId: 'j-1' }));
    expect(await clusters.findByEmrId('j-1')).toMatchObject({ id: 'c1', workload: { emrId: 'j-1' } });
    expect(await clusters.findByEmrId('j-2')).toBeNull();
  });

  it('loses none of two concurrent extensions', async () => {
    await clusters.claimLaunch(readyCluster());
    await Promise.all([2, 3].map((hours) => clusters.change('c1', (c) => extendedBy(c, hours, at('07:00:00')))));
    expect(await clusters.get('c1')).toMatchObject({
      expiresAt: at('19:00:00'),
      lifetimeExtensionCount: 2,
      version: 3,
    });
  });

  it('writes nothing where the change gives back what it was given', async () => {
    await clusters.claimLaunch(claimedCluster());
    expect((await clusters.change('c1', (cluster) => cluster)).version).toBe(1);
  });

  it('passes on what the change throws, and knows no other clusters', async () => {
    await clusters.claimLaunch(claimedCluster());
    const refuse = () => {
      throw new RangeError('no');
    };
    await expect(clusters.change('c1', refuse)).rejects.toThrow(RangeError);
    await expect(clusters.change('c2', (cluster) => cluster)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lists by state, newest first, page by page, of one owner or of all', async () => {
    const hours = ['01', '02', '03'];
    for (const hour of hours)
      await clusters.claimLaunch(claimedCluster({ id: `a${hour}`, createdAt: at(`${hour}:00:00`) }));
    await clusters.claimLaunch(readyCluster({ id: 'gone', status: 'TERMINATED', createdAt: at('04:00:00') }));
    await clusters.claimLaunch(
      readyCluster({ id: 'bad', status: 'TERMINATED_WITH_ERRORS', createdAt: at('05:00:00') }),
    );
    await clusters.claimLaunch(
      claimedCluster({ id: 'bobs', ownerId: 'sub-bob', owner: 'bob', createdAt: at('06:00:00') }),
    );

    const page = async (...[filter, owner, request]: Parameters<ClusterRepository['list']>) => {
      const { items, cursor } = await clusters.list(filter, owner, request);
      return { ids: items.map(({ id }) => id), cursor };
    };
    const first = await page('active', 'sub-alice', { limit: 2 });
    expect(first.ids).toEqual(['a03', 'a02']);
    expect(await page('active', 'sub-alice', { limit: 2, cursor: first.cursor ?? '' })).toEqual({
      ids: ['a01'],
      cursor: null,
    });
    expect(await page('terminated', 'sub-alice', { limit: 5 })).toEqual({ ids: ['gone'], cursor: null });
    expect(await page('failed', 'sub-alice', { limit: 1 })).toEqual({ ids: ['bad'], cursor: null });
    const all = await page('all', 'sub-alice', { limit: 4 });
    expect(all.ids).toEqual(['bad', 'gone', 'a03', 'a02']);
    expect(await page('all', 'sub-alice', { limit: 4, cursor: all.cursor ?? '' })).toEqual({
      ids: ['a01'],
      cursor: null,
    });
    expect((await page('all', null, { limit: 9 })).ids).toEqual(['bobs', 'bad', 'gone', 'a03', 'a02', 'a01']);
    expect((await page('active', null, { limit: 9 })).ids).toEqual(['bobs', 'a03', 'a02', 'a01']);
    expect(await page('failed', 'sub-bob', { limit: 9 })).toEqual({ ids: [], cursor: null });
  });

  it('lists what comes after a position, of one owner by state', async () => {
    for (const hour of ['01', '02', '03'])
      await clusters.claimLaunch(claimedCluster({ id: `a${hour}`, createdAt: at(`${hour}:00:00`) }));
    await clusters.claimLaunch(claimedCluster({ id: 'twin', createdAt: at('02:00:00') }));
    await clusters.claimLaunch(readyCluster({ id: 'gone', status: 'TERMINATED', createdAt: at('01:30:00') }));
    await clusters.claimLaunch(claimedCluster({ id: 'bobs', ownerId: 'sub-bob', createdAt: at('01:00:00') }));
    const after = async (...request: Parameters<ClusterRepository['listAfter']>): Promise<string[]> =>
      (await clusters.listAfter(...request)).map(({ id }) => id);
    expect(await after('all', 'sub-alice', null, 9)).toEqual(['a03', 'twin', 'a02', 'gone', 'a01']);
    expect(await after('active', 'sub-alice', { createdAt: at('02:00:00'), id: 'twin' }, 9)).toEqual(['a02', 'a01']);
    expect(await after('active', 'sub-alice', { createdAt: at('03:00:00'), id: 'a03' }, 1)).toEqual(['twin']);
    expect(await after('all', 'sub-alice', { createdAt: at('01:00:00'), id: 'a01' }, 9)).toEqual([]);
  });

  it('finds one cluster that passes a filter', async () => {
    await clusters.claimLaunch(readyCluster());
    await clusters.claimLaunch(readyCluster({ id: 'bad', status: 'TERMINATED_WITH_ERRORS' }));
    const found = async (id: string) => {
      const filters = ['active', 'terminated', 'failed', 'all'] as const;
      const passed = await Promise.all(filters.map((filter) => clusters.findIn(filter, id)));
      return filters.filter((_, index) => passed[index]?.id === id);
    };
    expect(await found('c1')).toEqual(['active', 'all']);
    expect(await found('bad')).toEqual(['failed', 'all']);
    expect(await found('none')).toEqual([]);
  });

  it.each(['active', 'all'] as const)('refuses cursors of other lists (%s)', async (filter) => {
    for (const ownerId of ['sub-alice', 'sub-bob']) {
      for (const n of [1, 2]) {
        await clusters.claimLaunch(claimedCluster({ id: `${ownerId}${n}`, ownerId, createdAt: at(`0${n}:00:00`) }));
      }
    }
    const { cursor } = await clusters.list(filter, 'sub-bob', { limit: 1 });
    expect(cursor).not.toBeNull();
    for (const bad of [cursor ?? '', 'x', '%']) {
      await expect(clusters.list(filter, 'sub-alice', { limit: 1, cursor: bad })).rejects.toMatchObject({
        name: 'InvalidInput',
        errors: [{ field: 'cursor' }],
      });
    }
  });

  it('knows what is active and what expires, through every change', async () => {
    await clusters.claimLaunch(claimedCluster({ id: 'early', expiresAt: at('09:00:00') }));
    await clusters.claimLaunch(readyCluster({ id: 'late', expiresAt: at('12:00:00') }));
    expect(ids(await clusters.active())).toEqual(['early', 'late']);
    expect(ids(await clusters.activeExpiringBefore(at('09:00:00')))).toEqual([]);
    expect(ids(await clusters.activeExpiringBefore(at('09:00:01')))).toEqual(['early']);
    await clusters.change('early', (cluster) => ({ ...cluster, expiresAt: at('17:00:00') }));
    await clusters.change('late', (cluster) => withChanges(cluster, { status: 'TERMINATED' }));
    expect(ids(await clusters.active())).toEqual(['early']);
    expect(ids(await clusters.activeExpiringBefore(at('16:00:00')))).toEqual([]);
  });

  it('counts what is active, and reads no more of a cluster than lists are searched by', async () => {
    await clusters.claimLaunch(claimedCluster({ id: 'waiting', launchAttemptedAt: null }));
    await clusters.claimLaunch(readyCluster({ id: 'over', status: 'TERMINATED', finishedAt: at('07:00:00') }));
    const { workload } = claimedCluster();
    const [counted, ...others] = await clusters.activeWorkloads();
    expect(others).toEqual([]);
    expect(counted).toMatchObject({
      engine: 'cluster',
      status: 'LAUNCHING',
      launchAttemptedAt: null,
      startedAt: null,
      rate: { hourly: workload.rate.hourly },
    });
    const { items } = await clusters.searched('terminated', { limit: 10 });
    const { id, identifier, owner, size, emrRelease, createdAt, expiresAt } = readyCluster({ id: 'over' });
    expect(items).toMatchObject([
      {
        ...{ id, identifier, owner, size, emrRelease, createdAt, expiresAt },
        workload: { status: 'TERMINATED', finishedAt: at('07:00:00') },
      },
    ]);
  });

  it('knows whose usage is open: of what EMR took, until it is closed', async () => {
    await clusters.claimLaunch(claimedCluster());
    await clusters.claimLaunch(readyCluster({ id: 'c2', createdAt: at('07:00:00') }));
    await clusters.claimLaunch(readyCluster({ id: 'c3', status: 'TERMINATED', finishedAt: at('06:30:00') }));
    expect(ids(await clusters.withOpenUsage())).toEqual(['c2', 'c3']);
    await clusters.change('c3', (cluster) => ({ ...cluster, usageClosedAt: at('06:35:00') }));
    expect(ids(await clusters.withOpenUsage())).toEqual(['c2']);
    expect(ids(await clusters.createdBetween(at('06:00:00'), at('07:00:00')))).toEqual(['c1', 'c2', 'c3']);
    expect(ids(await clusters.createdBetween(at('06:00:01'), at('07:00:00')))).toEqual(['c2']);
    expect(ids(await clusters.createdBetween(at('06:00:00'), at('06:59:59')))).toEqual(['c1', 'c3']);
  });

  it('lists clusters with a mail in their outbox until it is sent', async () => {
    await clusters.claimLaunch(readyCluster());
    await clusters.claimLaunch(readyCluster({ id: 'quiet' }));
    expect(await clusters.withUnsentMail()).toEqual([]);
    await clusters.change('c1', (cluster) => withExpiryMail(cluster, at('13:30:00')));
    expect(await clusters.withUnsentMail()).toMatchObject([{ id: 'c1', outbox: [{ to: 'alice@example.com' }] }]);
    await clusters.change('c1', (cluster) => ({ ...cluster, outbox: [] }));
    expect(await clusters.withUnsentMail()).toEqual([]);
  });
});
