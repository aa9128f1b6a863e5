import { describe, expect, it, vi } from 'vitest';

import { resolvePerson } from '../../../functions/access/resolve-person.ts';
import { extendCluster } from '../../../functions/clusters/extend-cluster.ts';
import { transferCluster } from '../../../functions/clusters/transfer-cluster.ts';
import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { transferSparkJob } from '../../../functions/jobs/transfer-spark-job.ts';
import { clusterRoutes } from '../../../shared/contract/routes/clusters.ts';
import { lifetimeHold } from '../../../shared/domain/budget-account.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import { firstSeen, type Person } from '../../../shared/domain/person.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { meteredCluster } from '../../../shared/domain/usage.ts';
import { ADMIN, ALICE, at, BOB, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeClusterSessions } from '../../fakes/fake-cluster-sessions.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { grantOnCluster, grantOnSparkJob } from '../../fakes/grant.ts';
import { readFake } from '../../fakes/settings.ts';
import { finishedJob, runningJob, sparkJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';

const CAROL: Person = { id: 'sub-carol', username: 'carol', email: 'carol@example.com', groups: [] };
const CLUSTER = { kind: 'cluster', id: 'c1' } as const;
const JOB = { kind: 'sparkJob', id: 'daily-report' } as const;

/** Alice's cluster and job, counted in her quotas and shared with Bob and with a group. */
const begin = async ({
  cluster = readyCluster({ size: 3 }),
  job = sparkJob(),
}: { cluster?: Cluster; job?: SparkJob } = {}) => {
  const world = upkeepWorld({ clusters: [cluster], jobs: [job] });
  const { quotas, reservations, identifiers, grants } = world;
  const people = fakePersonRepository(...[ALICE, BOB, CAROL, ADMIN].map((person) => firstSeen(person, at('06:00:00'))));
  const audit = fakeAuditTrail();
  await quotas.reserve(ALICE, { ...CLUSTER, workers: cluster.size });
  await quotas.reserve(ALICE, JOB);
  await identifiers.claim('daily-report', ALICE.id);
  for (const to of ['user:sub-bob', 'group:analysts'] as const) {
    await grants.put(grantOnCluster(cluster, to));
    await grants.put(grantOnSparkJob(job, to));
  }
  const toView = clusterToView({ allowsSsh: true, jupyterUrl: '' });
  const ofClusters = fakeClusterSessions(world.clock);
  const { clusterSessions } = ofClusters;
  const deps = { ...world, toView, clusterSessions, resolve: resolvePerson({ people }), audit };
  return {
    ...world,
    people,
    audit,
    deps,
    clusterSessions: ofClusters,
    ofCluster: (owner: string) => transferCluster(deps)({ id: 'c1', owner }, ADMIN),
    ofJob: (owner: string) => transferSparkJob(deps)({ identifier: 'daily-report', owner }, ADMIN),
    held: async ({ id }: Person) => (await reservations.of(id)).held.map(({ kind }) => kind),
    sharedWith: async (kind: 'cluster' | 'sparkJob', id: string) => (await grants.on(kind, id)).map(({ to }) => to),
  };
};

const BOBS = { ownerId: BOB.id, owner: 'bob', ownerEmail: 'bob@example.com' };

describe('a transferred cluster', () => {
  it('is its new owner’s, in lists, mails and quotas', async () => {
    const world = await begin();
    expect(await world.ofCluster('bob')).toMatchObject({ id: 'c1', ownerId: BOB.id, owner: 'bob', keyOwner: 'alice' });
    expect(await world.clusters.get('c1')).toMatchObject({ ...BOBS, modifiedAt: at('06:40:00') });
    expect((await world.clusters.list('active', BOB.id, { limit: 9 })).items).toHaveLength(1);
    expect((await world.clusters.list('all', ALICE.id, { limit: 9 })).items).toEqual([]);
    expect(await world.held(ALICE)).toEqual(['sparkJob']);
    expect((await world.reservations.of(BOB.id)).held).toMatchObject([{ ...CLUSTER, workers: 3 }]);
    expect(await world.sharedWith('cluster', 'c1')).toEqual(['group:analysts']);
    expect(world.audit.entries).toMatchObject([
      {
        actor: 'admin',
        action: 'cluster.transfer',
        object: CLUSTER,
        detail: { identifier: 'eager-curie-0001', from: 'alice', to: 'bob' },
      },
    ]);
  });

  it('shows its owner no way in, since another person’s key opens it, until it is theirs again', async () => {
    const world = await begin();
    await world.ofCluster('bob');
    const seenBy = async (person: Person) => world.deps.toView(await world.clusters.get('c1'), person, []);
    expect(await seenBy(BOB)).toMatchObject({ access: null, keyOwner: 'alice' });
    await world.ofCluster('carol');
    expect(await seenBy(CAROL)).toMatchObject({ access: null, keyOwner: 'alice' });
    await world.ofCluster('alice');
    expect(await seenBy(ALICE)).toMatchObject({ keyOwner: null, access: { ssh: expect.any(String) as unknown } });
  });

  it('goes on counting as the cost of the person who launched it, in usage and budgets, extensions included', async () => {
    const world = await begin();
    await world.budgets.commit(ALICE, lifetimeHold('cluster', await world.clusters.get('c1')));
    const held = await world.used(ALICE.id);
    await world.ofCluster('bob');
    await extendCluster({ ...world.deps, settings: readFake() })({ id: 'c1', hours: 8 }, BOB);
    expect(await world.used(ALICE.id)).toBeCloseTo(2 * held, 2);
    expect(meteredCluster(await world.clusters.get('c1'))).toMatchObject({ ownerId: ALICE.id, owner: 'alice' });
    await world.ofClusters.owning(await world.clusters.get('c1')).change((workload) => ({
      ...workload,
      status: 'TERMINATED',
      finishedAt: at('07:00:01'),
    }));
    // An hour, of sixteen.
    expect(await world.used(ALICE.id)).toBeCloseTo(held / 8, 2);
    expect(await world.used(BOB.id)).toBe(0);
  });

  it('is refused before EMR has launched it: the key of one person would open the network of another', async () => {
    const waiting = await begin({ cluster: claimedCluster() });
    await expect(waiting.ofCluster('bob')).rejects.toMatchObject({ name: 'Conflict', message: /not launched/ });
    expect(await waiting.clusters.get('c1')).toMatchObject({ ownerId: ALICE.id });
  });

  it('is refused once it ends, or where the new owner has no room, and nothing is left of the request', async () => {
    const ending = terminating(readyCluster(), { by: 'alice', reason: 'requested', at: at('06:30:00') });
    const gone = await begin({ cluster: ending });
    await expect(gone.ofCluster('bob')).rejects.toMatchObject({ name: 'Conflict', message: /Only an active cluster/ });
    const full = await begin({ cluster: readyCluster({ size: 30 }) });
    for (const id of ['x', 'y']) await full.quotas.reserve(BOB, { kind: 'cluster', id, workers: 20 });
    await expect(full.ofCluster('bob')).rejects.toMatchObject({ name: 'QuotaExceeded' });
    for (const world of [gone, full]) {
      expect(await world.clusters.get('c1')).toMatchObject({ ownerId: ALICE.id });
      expect(world.audit.entries).toEqual([]);
      expect((await world.reservations.of(BOB.id)).held.map(({ id }) => id)).not.toContain('c1');
    }
  });

  it('takes the reservation back where the cluster ended meanwhile', async () => {
    const world = await begin();
    const record = world.audit.record.bind(world.audit);
    world.audit.record = async (entry) => {
      await record(entry);
      await world.clusters.change('c1', (cluster) =>
        terminating(cluster, { by: 'alice', reason: 'requested', at: at('06:40:00') }),
      );
    };
    await expect(world.ofCluster('bob')).rejects.toMatchObject({ name: 'Conflict' });
    expect(await world.held(BOB)).toEqual([]);
    expect(await world.held(ALICE)).toEqual(['cluster', 'sparkJob']);
  });
});

describe('a transferred Spark job', () => {
  it('is its new owner’s, with identifier, history and room in the quotas', async () => {
    const world = await begin();
    const before = await world.job();
    expect(await world.ofJob('BOB@example.com')).toMatchObject({ ownerId: BOB.id, owner: 'bob' });
    expect(await world.job()).toEqual({ ...before, ...BOBS, modifiedAt: at('06:40:00'), version: before.version + 1 });
    expect(await world.identifiers.find('daily-report')).toMatchObject({ ownerId: BOB.id });
    expect((await world.jobs.list(BOB.id, { limit: 9 })).items).toHaveLength(1);
    expect(await world.held(ALICE)).toEqual(['cluster']);
    expect(await world.held(BOB)).toEqual(['sparkJob']);
    expect(await world.sharedWith('sparkJob', 'job-1')).toEqual(['group:analysts']);
    expect(world.audit.entries).toMatchObject([
      {
        action: 'spark-job.transfer',
        object: { kind: 'spark-job', id: 'daily-report' },
        detail: { from: 'alice', to: 'bob' },
      },
    ]);
  });

  it('leaves its runs with the person for whom they were launched; mails of the active one go to the new owner', async () => {
    const active = await begin({ job: runningJob() });
    await active.ofJob('bob');
    const moved = { ownerId: ALICE.id, owner: 'alice', ownerEmail: 'bob@example.com' };
    expect((await active.job()).latestRun).toMatchObject(moved);
    expect(await active.runs()).toMatchObject([moved]);
    const final = await begin({ job: finishedJob() });
    await final.ofJob('bob');
    expect((await final.job()).latestRun).toMatchObject({ ownerEmail: 'alice@example.com' });
  });

  it('whose identifier nobody holds yet gets it for its new owner', async () => {
    const world = await begin({ job: sparkJob({ identifier: 'older', id: 'job-2' }) });
    await transferSparkJob(world.deps)({ identifier: 'older', owner: 'bob' }, ADMIN);
    expect(await world.identifiers.find('older')).toMatchObject({ ownerId: BOB.id });
  });

  it('is refused where the new owner has no room', async () => {
    const world = await begin();
    for (let count = 0; count < 100; count += 1)
      await world.quotas.reserve(BOB, { kind: 'sparkJob', id: `job-${count}` });
    await expect(world.ofJob('bob')).rejects.toMatchObject({ name: 'QuotaExceeded' });
    expect(await world.job()).toMatchObject({ ownerId: ALICE.id });
    expect(world.audit.entries).toEqual([]);
  });

  it('takes the reservation back where the job was deleted, or is another one, meanwhile', async () => {
    for (const change of ['deleted', 'replaced'] as const) {
      const world = await begin();
      const record = world.audit.record.bind(world.audit);
      world.audit.record = async (entry) => {
        await record(entry);
        await world.jobs.delete(await world.job());
        if (change === 'replaced') await world.jobs.create(sparkJob({ id: 'job-2' }));
      };
      await expect(world.ofJob('bob')).rejects.toMatchObject({ name: 'NotFound' });
      expect(await world.held(BOB)).toEqual([]);
      expect(await world.identifiers.find('daily-report')).toMatchObject({ ownerId: ALICE.id });
    }
  });
});

describe('the Spark session of a transferred cluster', () => {
  const sessionOf = (ownerId: string, sessionId: string | null) => ({ token: 'token00001', ownerId, sessionId });

  it('ends, for the token of the owner before would open it for another hour', async () => {
    const world = await begin({ cluster: readyCluster({ size: 3, session: sessionOf(ALICE.id, 'is-1') }) });
    await world.ofCluster('bob');
    expect(world.clusterSessions.calls).toEqual(['end']);
    expect(await world.clusters.get('c1')).not.toHaveProperty('session');
  });

  it('is looked for where EMR’s answer to its start was lost', async () => {
    const world = await begin({ cluster: readyCluster({ size: 3, session: sessionOf(ALICE.id, null) }) });
    world.clusterSessions.held.set('is-1', { token: 'token00001', jobflowId: 'j-1', state: 'IDLE', reason: '' });
    await world.ofCluster('bob');
    expect(world.clusterSessions.calls).toEqual(['find', 'end']);
  });

  it('is left alone where it is of the owner to be, as after a transfer that is repeated', async () => {
    const world = await begin({ cluster: readyCluster({ ...BOBS, size: 3, session: sessionOf(BOB.id, 'is-1') }) });
    await world.ofCluster('bob');
    expect(world.clusterSessions.calls).toEqual([]);
    expect(await world.clusters.get('c1')).toHaveProperty('session');
  });

  it('is ended by a repetition where EMR failed the first time', async () => {
    const world = await begin({ cluster: readyCluster({ size: 3, session: sessionOf(ALICE.id, 'is-1') }) });
    const end = vi.spyOn(world.deps.clusterSessions, 'end').mockRejectedValueOnce(new AwsFailed('down'));
    await expect(world.ofCluster('bob')).rejects.toMatchObject({ name: 'AwsFailed' });
    await world.ofCluster('bob');
    expect(end).toHaveBeenCalledTimes(2);
    expect(await world.clusters.get('c1')).not.toHaveProperty('session');
  });
});

describe('a transfer', () => {
  it('to nobody, or to somebody unknown, is refused naming the field', async () => {
    const { ofCluster, ofJob } = await begin();
    for (const transfer of [ofCluster, ofJob])
      await expect(transfer('zoe')).rejects.toMatchObject({ name: 'InvalidInput', errors: [{ field: 'owner' }] });
    const { body } = clusterRoutes.transferCluster;
    expect(body.safeParse({ owner: ' ' }).error?.issues[0]?.message).toBe('Give the username or address of a person.');
    expect(body.safeParse({ owner: 'a'.repeat(255) }).success).toBe(false);
  });

  it('of what is gone is refused', async () => {
    const { deps } = await begin();
    await expect(transferCluster(deps)({ id: 'c9', owner: 'bob' }, ADMIN)).rejects.toMatchObject({ name: 'NotFound' });
    const gone = transferSparkJob(deps)({ identifier: 'gone', owner: 'bob' }, ADMIN);
    await expect(gone).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('is repeated without effect, and without another entry in the audit trail', async () => {
    const world = await begin();
    for (let time = 0; time < 2; time += 1) {
      await world.ofCluster('bob');
      await world.ofJob('bob');
    }
    expect(world.audit.entries).toHaveLength(2);
    expect(await world.held(BOB)).toEqual(['cluster', 'sparkJob']);
  });

  it('that cannot be recorded is not made', async () => {
    const world = await begin();
    world.audit.failure = new AwsFailed('down');
    for (const transfer of [world.ofCluster, world.ofJob])
      await expect(transfer('bob')).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.clusters.get('c1')).toMatchObject({ ownerId: ALICE.id });
    expect(await world.job()).toMatchObject({ ownerId: ALICE.id });
    expect(await world.held(BOB)).toEqual([]);
  });

  it.each(['ofCluster', 'ofJob'] as const)('loses against another one at the same time: %s', async (transfer) => {
    const world = await begin();
    const record = world.audit.record.bind(world.audit);
    world.audit.record = async (entry) => {
      world.audit.record = record;
      await world[transfer]('carol');
      await record(entry);
    };
    await expect(world[transfer]('bob')).rejects.toMatchObject({ name: 'Conflict', message: /to carol a moment ago/ });
    expect(await world.held(BOB)).toEqual([]);
    expect(await world.held(CAROL)).toHaveLength(1);
  });

  it.each(['quotas', 'job', 'history', 'identifier', 'grants'] as const)(
    'that broke off at %s is completed by a repetition and the sweep',
    async (step) => {
      const world = await begin({ job: runningJob() });
      // As long after the job was made, nothing but the transfer makes the sweep look at its reservation.
      world.clock.advance(6);
      await world.settleReservations();
      const once = <Call extends (...input: never[]) => Promise<unknown>>(call: Call, isAfter: boolean): Call => {
        let isFirst = true;
        return (async (...input: never[]) => {
          if (!isFirst) return call(...input);
          isFirst = false;
          if (isAfter) await call(...input);
          throw new AwsThrottled('busy');
        }) as Call;
      };
      const broken = {
        quotas: { quotas: { ...world.quotas, reserve: once(world.quotas.reserve, true) } },
        job: { jobs: { ...world.jobs, change: once(world.jobs.change, true) } },
        history: { history: { ...world.history, record: once(world.history.record, false) } },
        identifier: { identifiers: { ...world.identifiers, change: once(world.identifiers.change, false) } },
        grants: { grants: { ...world.grants, remove: once(world.grants.remove, false) } },
      }[step];
      const transfer = transferSparkJob({ ...world.deps, ...broken });
      const request = { identifier: 'daily-report', owner: 'bob' };
      await expect(transfer(request, ADMIN)).rejects.toMatchObject({ name: 'AwsThrottled' });
      await transfer(request, ADMIN);
      expect(await world.job()).toMatchObject(BOBS);
      expect(await world.runs()).toMatchObject([{ ownerEmail: 'bob@example.com' }]);
      expect(await world.identifiers.find('daily-report')).toMatchObject({ ownerId: BOB.id });
      expect(await world.sharedWith('sparkJob', 'job-1')).toEqual(['group:analysts']);
      world.clock.advance(6);
      await world.settleReservations();
      expect(await world.held(ALICE)).toEqual(['cluster']);
      expect(await world.held(BOB)).toEqual(['sparkJob']);
    },
  );
});
