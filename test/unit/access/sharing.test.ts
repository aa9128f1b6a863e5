import { describe, expect, it } from 'vitest';

import { sharing } from '../../../functions/access/sharing.ts';
import { getClusterGrants } from '../../../functions/clusters/get-cluster-grants.ts';
import { putClusterGrants } from '../../../functions/clusters/put-cluster-grants.ts';
import { getSparkJobGrants } from '../../../functions/jobs/get-spark-job-grants.ts';
import { putSparkJobGrants } from '../../../functions/jobs/put-spark-job-grants.ts';
import { grantsBody } from '../../../shared/contract/grants.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { firstSeen, type Caller, type Person } from '../../../shared/domain/person.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER, readyCluster } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeSparkJobRepository } from '../../fakes/fake-spark-job-repository.ts';
import { grantOnCluster, grantOnSparkJob } from '../../fakes/grant.ts';
import { sparkJob } from '../../fakes/spark-job.ts';
import { testClock } from '../../fakes/test-clock.ts';

const CAROL: Caller = { ...BOB, id: 'sub-carol', username: 'carol', email: 'carol@example.com', groups: ['analysts'] };
const TWINS: readonly Person[] = ['Twin@other.example', 'twin@other.example'].map((email, at) => ({
  id: `sub-twin-${at}`,
  username: 'twin@other.example',
  email,
  groups: [],
}));

const begin = () => {
  const clock = testClock(at('07:00:00'));
  const records = [ALICE, BOB, CAROL, ...TWINS].map((person) => firstSeen(person, at('06:00:00')));
  const grants = fakeGrantRepository();
  const audit = fakeAuditTrail();
  const deps = {
    grants,
    audit,
    clock,
    clusters: fakeClusterRepository(readyCluster()),
    jobs: fakeSparkJobRepository(sparkJob()),
    sharing: sharing({ grants, people: fakePersonRepository(...records), clock }),
  };
  return {
    grants,
    audit,
    clock,
    get: (person: Person) => getClusterGrants(deps)({ id: 'c1' }, person),
    put: (entries: unknown, person: Caller = ALICE) =>
      putClusterGrants(deps)({ id: 'c1', ...grantsBody.parse({ grants: entries }) }, person),
    getOfJob: (person: Person) => getSparkJobGrants(deps)({ identifier: 'daily-report' }, person),
    putOfJob: (entries: unknown, person: Caller = ALICE) =>
      putSparkJobGrants(deps)({ identifier: 'daily-report', ...grantsBody.parse({ grants: entries }) }, person),
  };
};

const view = (to: string) => ({ to, level: 'view' });
const manage = (to: string) => ({ to, level: 'manage' });
const sorted = ({ grants }: { grants: readonly { to: string }[] }) => grants.toSorted((a, b) => (a.to < b.to ? -1 : 1));

describe('sharing an object', () => {
  it('stores ids, and answers names', async () => {
    const world = begin();
    const entries = [manage('group:analysts'), view('user:bob')];
    expect(sorted(await world.put(entries))).toEqual(entries);
    expect(await world.grants.on('cluster', 'c1')).toEqual([
      { ...grantOnCluster(readyCluster(), 'group:analysts', 'manage'), grantedAt: at('07:00:00') },
      { ...grantOnCluster(readyCluster(), 'user:sub-bob', 'view'), grantedAt: at('07:00:00') },
    ]);
    expect(sorted(await world.get(ALICE))).toEqual(entries);
    expect(sorted(await world.putOfJob(entries))).toEqual(entries);
    expect(sorted(await world.getOfJob(ALICE))).toEqual(entries);
    expect(await world.grants.on('sparkJob', 'job-1')).toMatchObject([
      { object: { key: 'daily-report' }, to: 'group:analysts' },
      { to: 'user:sub-bob' },
    ]);
  });

  it('replaces the whole list, and an empty one shares with nobody', async () => {
    const world = begin();
    await world.put([view('user:bob'), view('user:carol')]);
    expect(await world.put([manage('user:bob')])).toMatchObject({ grants: [manage('user:bob')] });
    expect(await world.put([])).toMatchObject({ grants: [] });
    expect(await world.grants.on('cluster', 'c1')).toEqual([]);
  });

  it('tells when somebody was last given something, and takes that back with the list', async () => {
    const world = begin();
    expect(await world.getOfJob(ALICE)).toEqual({ grants: [] });
    expect(await world.putOfJob([view('user:bob')])).toMatchObject({ modifiedAt: at('07:00:00') });
    world.clock.advance(5);
    const answered = await world.putOfJob([view('user:bob'), view('user:carol')]);
    expect(answered).toMatchObject({ modifiedAt: at('07:05:00') });
    expect(await world.getOfJob(ALICE)).toEqual(answered);
    expect(grantsBody.parse(answered)).toEqual(answered);
    world.clock.advance(5);
    // Nothing changes.
    expect(await world.putOfJob(answered.grants)).toEqual(answered);
    // Another level is a new grant.
    const managed = await world.putOfJob([manage('user:bob'), view('user:carol')]);
    expect(managed).toMatchObject({ modifiedAt: at('07:10:00') });
  });

  it('finds people by address too, in any case, and built-in groups that nobody is in', async () => {
    const world = begin();
    const answer = await world.put([view('user: CAROL@Example.com'), view('group:job-maintainers')]);
    expect(sorted(answer)).toEqual([view('group:job-maintainers'), view('user:carol')]);
  });

  it('names every entry that it refuses, and changes nothing then', async () => {
    const world = begin();
    const entries = [
      view('user:bob'),
      view('user:nobody'),
      view('group:unknown'),
      view('user:alice'),
      manage('user:BOB@example.com'),
      view('user:twin@OTHER.example'),
      view('user:Twin@other.example'),
    ];
    await expect(world.put(entries)).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [
        { field: 'grants.1.to', message: expect.stringContaining("'nobody' has signed in") as string },
        { field: 'grants.2.to', message: expect.stringContaining("a group 'unknown'") as string },
        { field: 'grants.3.to', message: expect.stringContaining('is the owner') as string },
        { field: 'grants.4.to', message: expect.stringContaining('in the list already') as string },
        { field: 'grants.5.to', message: expect.stringContaining('Give the address') as string },
      ],
    });
    expect(await world.grants.on('cluster', 'c1')).toEqual([]);
    expect(world.audit.entries).toEqual([]);
  });

  it('is refused to an owner who would share with themselves, and to an admin who would share with the owner', async () => {
    const world = begin();
    for (const person of [ALICE, ADMIN])
      await expect(world.put([view('user:alice')], person)).rejects.toMatchObject({
        errors: [{ field: 'grants.0.to' }],
      });
  });

  it('is the right of the owner and of admins; others who see the object see with whom it is shared', async () => {
    const world = begin();
    const jobMaintainer = { ...MAINTAINER, groups: ['job-maintainers'] };
    await world.put([manage('user:bob')], ADMIN);
    await world.putOfJob([manage('user:bob')], ADMIN);
    await expect(world.put([], BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(world.putOfJob([], BOB)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(world.putOfJob([], jobMaintainer)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(world.put([], MAINTAINER)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await world.get(BOB)).toMatchObject({ grants: [manage('user:bob')] });
    expect(await world.getOfJob(jobMaintainer)).toMatchObject({ grants: [manage('user:bob')] });
    await expect(world.get(CAROL)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(world.getOfJob(CAROL)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('does not name people who are gone', async () => {
    const world = begin();
    await world.grants.put(grantOnCluster(readyCluster(), 'user:sub-gone'));
    expect(await world.get(ALICE)).toMatchObject({ grants: [] });
  });

  it('is recorded with what it changes before it is done, and not where it changes nothing', async () => {
    const world = begin();
    await world.put([view('user:bob'), view('user:carol')]);
    await world.put([manage('user:bob')]);
    await world.put([manage('user:bob')]);
    await world.putOfJob([view('group:analysts')], ADMIN);
    expect(world.audit.entries).toMatchObject([
      {
        actor: 'alice',
        action: 'cluster.share',
        object: { kind: 'cluster', id: 'c1' },
        detail: {
          identifier: 'eager-curie-0001',
          shared: ['user:bob view', 'user:carol view'],
          withdrawn: [],
          personIds: ['sub-bob', 'sub-carol'],
        },
      },
      { detail: { shared: ['user:bob manage'], withdrawn: ['user:carol'], personIds: ['sub-bob', 'sub-carol'] } },
      { actor: 'admin', action: 'spark-job.share', object: { kind: 'spark-job', id: 'daily-report' } },
    ]);
  });

  it('is not done where it cannot be recorded', async () => {
    const world = begin();
    world.audit.failure = new AwsFailed('no');
    await expect(world.put([view('user:bob')])).rejects.toBe(world.audit.failure);
    await expect(world.putOfJob([view('user:bob')])).rejects.toBe(world.audit.failure);
    expect(await world.grants.on('cluster', 'c1')).toEqual([]);
    expect(await world.grants.on('sparkJob', 'job-1')).toEqual([]);
  });

  it('takes away before it gives, and is finished by the same request after a failure', async () => {
    const world = begin();
    await world.put([view('user:bob')]);
    const { put } = world.grants;
    world.grants.put = () => Promise.reject(new AwsFailed('no'));
    await expect(world.put([view('user:carol')])).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(await world.grants.on('cluster', 'c1')).toEqual([]);
    world.grants.put = put;
    expect(await world.put([view('user:carol')])).toMatchObject({ grants: [view('user:carol')] });
  });

  it('keeps what stays as it is', async () => {
    const world = begin();
    await world.grants.put(grantOnSparkJob(sparkJob(), 'user:sub-bob'));
    await world.putOfJob([view('user:bob'), view('user:carol')]);
    expect(await world.grants.on('sparkJob', 'job-1')).toMatchObject([
      { to: 'user:sub-bob', grantedAt: at('06:30:00') },
      { to: 'user:sub-carol', grantedAt: at('07:00:00') },
    ]);
  });
});

describe('a list of grants', () => {
  it.each([
    [{ grants: [{ to: 'bob', level: 'view' }] }, 'grants.0.to'],
    [{ grants: [{ to: 'user:', level: 'view' }] }, 'grants.0.to'],
    [{ grants: [{ to: 'user: ', level: 'view' }] }, 'grants.0.to'],
    [{ grants: [{ to: `user:${'x'.repeat(300)}`, level: 'view' }] }, 'grants.0.to'],
    [{ grants: [view('user:bob'), { to: 'user:bob', level: 'own' }] }, 'grants.1.level'],
    [{ grants: [{ to: 'user:bob' }] }, 'grants.0.level'],
    [{ grants: { to: 'user:bob' } }, 'grants'],
    [{}, 'grants'],
    [{ grants: Array.from({ length: 51 }, (_, at) => view(`user:p${at}`)) }, 'grants'],
  ])('is refused by the field: %j', (body, field) => {
    expect(grantsBody.safeParse(body).error?.issues[0]?.path.join('.')).toBe(field);
  });

  it('holds fifty, in names as long as addresses may be', () => {
    const grants = Array.from({ length: 50 }, () => view(`user:${'x'.repeat(254)}`));
    expect(grantsBody.safeParse({ grants }).success).toBe(true);
  });
});
