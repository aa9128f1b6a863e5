import { beforeEach, describe, expect, it, vi } from 'vitest';

import { logger } from '../../../functions/runtime/logger.ts';
import { settleLeavers } from '../../../functions/upkeep/settle-leavers.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import type { OutboxMail } from '../../../shared/domain/mail.ts';
import { firstSeen, type Person } from '../../../shared/domain/person.ts';
import type { Session } from '../../../shared/domain/session.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER, readyCluster } from '../../fakes/cluster.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeUserDirectory } from '../../fakes/fake-user-directory.ts';
import { readySession } from '../../fakes/session.ts';
import { sparkJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';
import { flat } from '../../fakes/workload.ts';

beforeEach(() => {
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
  vi.spyOn(logger, 'warn').mockReturnValue(undefined);
});

interface Present {
  readonly clusters?: readonly Cluster[];
  readonly sessions?: readonly Session[];
  readonly jobs?: readonly SparkJob[];
  readonly persons?: readonly Person[];
  readonly inactiveDays?: string;
}

const portal = ({ persons = [ALICE, BOB, ADMIN, MAINTAINER], inactiveDays = '', ...present }: Present = {}) => {
  const world = upkeepWorld({ clusters: [readyCluster()], jobs: [sparkJob()], ...present });
  world.put('j-1', { state: 'WAITING' });
  world.put('00app/00session', { name: 'atmo-test-session-alice-x-0123456789', state: 'IDLE' });
  const people = fakePersonRepository(...persons.map((person) => firstSeen(person, at('06:00:00'))));
  const provider = fakeUserDirectory(...persons.map(({ id }) => id));
  const mailed: OutboxMail[] = [];
  const settle = settleLeavers({
    ...world,
    lifecycle: world.ofClusters,
    sessionLifecycle: world.ofSessions,
    people,
    directory: provider.directory,
    inactiveDays,
    deliverMails: async ({ id }) => {
      await people.change(id, (person) => {
        mailed.push(...person.outbox);
        return { ...person, outbox: [] };
      });
    },
  });
  const alice = async () => (await people.get(ALICE.id)).departure;
  const job = () => world.jobs.get('daily-report');
  return { ...world, people, provider, mailed, settle, alice, job };
};

const hours = (count: number): number => 60 * count;

describe('a leaver', () => {
  it.each(['disabled', 'deleted'] as const)(
    'who is %s loses clusters, jobs are paused, and admins are told',
    async (reason) => {
      const { provider, settle, alice, job, cluster, calls, mailed, jobs } = portal();
      if (reason === 'disabled') provider.disable(ALICE.id);
      else provider.users.delete(ALICE.id);
      const before = await job();
      await settle();
      expect(await alice()).toEqual({
        reason,
        at: at('06:40:00'),
        clusters: ['eager-curie-0001'],
        sessions: [],
        jobs: ['daily-report'],
        settledAt: at('06:40:00'),
      });
      expect(calls.terminate).toEqual([['j-1']]);
      expect(await cluster()).toMatchObject({
        status: 'TERMINATING',
        termination: { by: 'ATMO', reason: 'ownerLeft', at: at('06:40:00') },
      });
      expect(await job()).toEqual({
        ...before,
        isEnabled: false,
        modifiedAt: at('06:40:00'),
        version: before.version + 1,
      });
      expect(mailed).toMatchObject([
        {
          kind: 'person-left',
          to: 'admin@example.com',
          values: {
            username: 'alice',
            reason,
            clusters: ['eager-curie-0001'],
            clusterCount: 1,
            jobs: ['daily-report'],
            jobCount: 1,
          },
        },
      ]);
      expect(await jobs.isIdentifierTaken('daily-report')).toBe(true);
    },
  );

  it('leaves an entry in the audit trail for each act', async () => {
    const { provider, settle, acts, clock } = portal();
    provider.disable(ALICE.id);
    await settle();
    clock.advance(hours(1));
    await settle();
    expect(acts.recorded).toMatchObject([
      {
        action: 'person.leave',
        object: { kind: 'person', id: ALICE.id },
        detail: { username: 'alice', reason: 'disabled' },
      },
      {
        action: 'cluster.terminate',
        object: { kind: 'cluster', id: 'c1' },
        detail: { owner: 'alice', reason: 'ownerLeft' },
      },
      { action: 'spark-job.disable', object: { kind: 'spark-job', id: 'daily-report' }, detail: { owner: 'alice' } },
    ]);
  });

  it('loses sessions, too', async () => {
    const { provider, settle, alice, session, mailed } = portal({ sessions: [readySession()] });
    provider.disable(ALICE.id);
    await settle();
    expect(await alice()).toMatchObject({ sessions: ['keen-noether-1918'] });
    expect(await session()).toMatchObject({ status: 'TERMINATING', termination: { by: 'ATMO', reason: 'ownerLeft' } });
    expect(mailed).toMatchObject([{ kind: 'person-left', values: { sessions: ['keen-noether-1918'] } }]);
  });

  it('is handled once, and the admins are told once', async () => {
    const { provider, settle, calls, mailed, clock } = portal();
    provider.disable(ALICE.id);
    for (let hour = 0; hour < 4; hour += 1) {
      await settle();
      clock.advance(hours(1));
    }
    expect(calls.terminate).toHaveLength(1);
    expect(mailed).toHaveLength(1);
  });

  it('who is an admin is not told of their own departure', async () => {
    const secondAdmin = { ...BOB, groups: ADMIN.groups };
    const { provider, settle, mailed } = portal({
      persons: [ALICE, ADMIN, MAINTAINER, secondAdmin],
      jobs: [sparkJob({ ownerId: secondAdmin.id })],
    });
    provider.disable(secondAdmin.id);
    await settle();
    expect(mailed.map(({ to }) => to)).toEqual([ADMIN.email]);
  });

  it('who had nothing is recorded without a mail', async () => {
    const { provider, settle, people, mailed } = portal();
    provider.disable(BOB.id);
    await settle();
    expect(await people.get(BOB.id)).toMatchObject({
      departure: { clusters: [], jobs: [], settledAt: at('06:40:00') },
    });
    expect(mailed).toEqual([]);
  });

  it('who was enabled again and signed in while everyone was listed is none', async () => {
    const { provider, settle, people, alice, job, clock } = portal();
    provider.disable(ALICE.id);
    const { users } = provider.directory;
    provider.directory.users = async () => {
      const listed = await users();
      clock.advance(1);
      await people.seen(ALICE, clock.now());
      return listed;
    };
    await settle();
    expect(await alice()).toBeNull();
    expect(await job()).toMatchObject({ isEnabled: true });
  });

  it('is back with the next sign-in; what was paused stays paused', async () => {
    const { provider, settle, people, job, alice, clock } = portal();
    provider.disable(ALICE.id);
    await settle();
    provider.users.set(ALICE.id, { id: ALICE.id, isEnabled: true });
    await people.seen(ALICE, clock.now());
    await settle();
    expect(await alice()).toBeNull();
    expect(await job()).toMatchObject({ isEnabled: false });
  });

  it('keeps nothing that was made with a token from before: new clusters end, new jobs are paused', async () => {
    const { provider, settle, clusters, jobs, clock, calls, put } = portal({ clusters: [], jobs: [] });
    provider.disable(ALICE.id);
    await settle();
    put('j-2', { state: 'WAITING' });
    await clusters.claimLaunch(readyCluster({ id: 'c2', emrId: 'j-2' }));
    await jobs.create(sparkJob({ id: 'late', identifier: 'late' }));
    clock.advance(hours(1));
    await settle();
    expect(calls.terminate).toEqual([['j-2']]);
    expect(await jobs.get('late')).toMatchObject({ isEnabled: false });
  });

  it('has jobs that an admin may enable again later', async () => {
    const { provider, settle, jobs, job, clock } = portal();
    provider.disable(ALICE.id);
    await settle();
    clock.advance(hours(2));
    await jobs.change('daily-report', (current) => ({ ...current, isEnabled: true }));
    await settle();
    expect(await job()).toMatchObject({ isEnabled: true });
  });

  it('keeps nobody else from their work', async () => {
    const bobs = { ownerId: BOB.id, owner: 'bob' };
    const { provider, settle, clusters, jobs } = portal({
      clusters: [readyCluster(), readyCluster({ id: 'c2', emrId: 'j-2', ...bobs })],
      jobs: [sparkJob(), sparkJob({ id: 'other', identifier: 'other', ...bobs })],
    });
    provider.disable(ALICE.id);
    await settle();
    expect(flat(await clusters.get('c2'))).toMatchObject({ termination: null });
    expect(await jobs.get('other')).toMatchObject({ isEnabled: true });
  });

  it('whose cluster and job were transferred meanwhile leaves both alone', async () => {
    const { provider, settle, clusters, jobs } = portal();
    provider.disable(ALICE.id);
    // What was read before they were.
    const [active, ofAlice] = [await clusters.active(), await jobs.list(ALICE.id, { limit: 100 })];
    await clusters.change('c1', (cluster) => ({ ...cluster, ownerId: BOB.id }));
    await jobs.change('daily-report', (job) => ({ ...job, ownerId: BOB.id }));
    clusters.active = async () => active;
    jobs.list = async () => ofAlice;
    await settle();
    expect(flat(await clusters.get('c1'))).toMatchObject({ termination: null });
    expect(await jobs.get('daily-report')).toMatchObject({ isEnabled: true });
  });

  it('is handled to the end after a crash halfway, with the admins told of all of it', async () => {
    const { provider, settle, jobs, job, calls, mailed, alice } = portal();
    provider.disable(ALICE.id);
    const change = vi.spyOn(jobs, 'change').mockRejectedValueOnce(new AwsFailed('down'));
    await expect(settle()).rejects.toMatchObject({ name: 'SweepFailed' });
    change.mockRestore();
    expect(calls.terminate).toHaveLength(1);
    expect(await alice()).toMatchObject({ settledAt: null });
    expect(mailed).toEqual([]);
    await settle();
    expect(await job()).toMatchObject({ isEnabled: false });
    expect(mailed).toMatchObject([{ values: { clusterCount: 1, jobCount: 1 } }]);
  });

  it('whose clusters EMR does not end now is left to the upkeep by the record', async () => {
    const { provider, settle, failures, cluster, mailed } = portal();
    provider.disable(ALICE.id);
    failures.terminate.push(new AwsThrottled('busy'));
    await settle();
    expect(await cluster()).toMatchObject({ status: 'WAITING', termination: { reason: 'ownerLeft' } });
    expect(mailed).toHaveLength(1);
  });
});

describe('a list of users', () => {
  const untouched = async ({ settle, people, cluster, job, mailed }: ReturnType<typeof portal>, error: object) => {
    await expect(settle()).rejects.toMatchObject(error);
    for (const person of await people.all()) expect(person.departure).toBeNull();
    expect(await cluster()).toMatchObject({ termination: null });
    expect(await job()).toMatchObject({ isEnabled: true });
    expect(mailed).toEqual([]);
  };

  it.each([
    ['is throttled', new AwsThrottled('busy')],
    ['fails', new AwsFailed('down')],
  ])('that %s counts for nobody', async (_what, failure) => {
    const stage = portal();
    stage.provider.users.clear();
    stage.provider.failures.push(failure);
    await untouched(stage, { name: 'SweepFailed', message: failure.message });
  });

  it('that is empty, or of another pool, counts for nobody', async () => {
    const empty = portal();
    empty.provider.users.clear();
    await untouched(empty, { name: 'SweepFailed', message: expect.stringMatching(/lists 0 of the 4 people/) });
    const other = portal();
    other.provider.users.clear();
    other.provider.users.set('stranger', { id: 'stranger', isEnabled: true });
    other.provider.users.set(ADMIN.id, { id: ADMIN.id, isEnabled: true });
    await untouched(other, { message: expect.stringMatching(/lists 1 of the 4 people/) });
  });

  it('that lacks the only person counts for nobody', async () => {
    const stage = portal({ persons: [ALICE] });
    stage.provider.users.clear();
    await untouched(stage, { message: expect.stringMatching(/lists 0 of the 1 people/) });
  });

  it('may lack half of the people', async () => {
    const { provider, settle, people } = portal();
    for (const { id } of [ALICE, BOB]) provider.users.delete(id);
    await settle();
    expect((await people.all()).filter(({ departure }) => departure !== null)).toHaveLength(2);
  });

  it('that lacks somebody is asked for them alone before they count as deleted', async () => {
    const { provider, settle, alice } = portal();
    const { users } = provider.directory;
    provider.directory.users = async () => (await users()).filter(({ id }) => id !== ALICE.id);
    await settle();
    expect(await alice()).toBeNull();
  });

  it('does not keep earlier leavers from being handled when it fails', async () => {
    const { provider, settle, people, mailed } = portal();
    const departure = {
      reason: 'disabled',
      at: at('06:30:00'),
      clusters: [],
      jobs: ['daily-report'],
      settledAt: null,
    } as const;
    await people.change(ALICE.id, (person) => ({ ...person, departure }));
    provider.failures.push(new AwsThrottled('busy'));
    await expect(settle()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(mailed).toHaveLength(1);
  });
});

describe('a federated person', () => {
  it('who has not signed in for the days of the stage counts as a leaver', async () => {
    const { settle, clock, people, alice } = portal({ inactiveDays: '90' });
    clock.advance(hours(24 * 90));
    for (const person of [BOB, ADMIN, MAINTAINER]) await people.seen(person, clock.now());
    clock.advance(-40);
    await settle();
    expect(await alice()).toBeNull();
    clock.advance(1);
    await settle();
    expect(await alice()).toMatchObject({ reason: 'inactive' });
  });

  it('never does where the stage names no days', async () => {
    const { settle, clock, alice } = portal();
    clock.advance(hours(24 * 1000));
    await settle();
    expect(await alice()).toBeNull();
  });
});
