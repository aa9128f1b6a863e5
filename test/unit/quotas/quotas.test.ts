import { beforeEach, describe, expect, it } from 'vitest';

import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { problemFor } from '../../../functions/runtime/problem.ts';
import { extendedBy } from '../../../shared/domain/cluster.ts';
import { withWorkload } from '../../../shared/domain/expiring.ts';
import { AwsFailed, AwsThrottled, QuotaExceeded } from '../../../shared/domain/errors.ts';
import { fewestMinutesBetween } from '../../../shared/domain/schedule.ts';
import type { Workload } from '../../../shared/domain/workload.ts';
import { ALICE, at, claimedCluster, MAINTAINER, readyCluster } from '../../fakes/cluster.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { sparkJob } from '../../fakes/spark-job.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { upkeepWorld, type UpkeepWorld } from '../../fakes/upkeep-world.ts';
import { quotaRules } from '../../fakes/settings.ts';

const rig = () => {
  const clock = testClock(at('06:00:00'));
  const reservations = fakeReservationRepository();
  return { reservations, quotas: quotaReservations({ reservations, quotaRules, clock }) };
};

const refusalOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => error,
  );

describe('quotas', () => {
  it.each([
    [
      'cluster',
      5,
      'Quota of active clusters: 5 of the 5 that one person may have are in use. Terminate one, or ask an',
    ],
    ['sparkJob', 100, 'Quota of Spark jobs: 100 of the 100 that one person may have are in use. Delete one, or ask an'],
    ['sshKey', 20, 'Quota of SSH keys: 20 of the 20 that one person may have are in use. Delete one, or ask an'],
  ] as const)('hold for each kind apart: %s', async (kind, limit, message) => {
    const { quotas } = rig();
    for (let count = 0; count < limit; count += 1) await quotas.reserve(ALICE, { kind, id: `${count}` });
    await quotas.reserve(ALICE, { kind, id: '0' });
    const error = await refusalOf(quotas.reserve(ALICE, { kind, id: 'more' }));
    expect(error).toMatchObject({ name: 'QuotaExceeded', message: expect.stringContaining(message) as string });
    await quotas.reserve(ALICE, { kind: kind === 'cluster' ? 'sshKey' : 'cluster', id: 'other' });
    await quotas.release(ALICE.id, { kind, id: '0' });
    await quotas.reserve(ALICE, { kind, id: 'more' });
  });

  it('hold for the workers of all clusters together', async () => {
    const { quotas } = rig();
    await quotas.reserve(ALICE, { kind: 'cluster', id: 'a', workers: 30 });
    await quotas.reserve(ALICE, { kind: 'cluster', id: 'b', workers: 18 });
    expect(await refusalOf(quotas.reserve(ALICE, { kind: 'cluster', id: 'c', workers: 13 }))).toMatchObject({
      name: 'QuotaExceeded',
      message: expect.stringContaining('have 48, this one asks for 13, and one person may have 60') as string,
    });
    await quotas.reserve(ALICE, { kind: 'cluster', id: 'c', workers: 12 });
  });

  it('do not limit the workers of those who may launch clusters of any size', async () => {
    const { quotas } = rig();
    await quotas.reserve(MAINTAINER, { kind: 'cluster', id: 'a', workers: 500 });
    for (const id of ['b', 'c', 'd', 'e']) await quotas.reserve(MAINTAINER, { kind: 'cluster', id, workers: 1 });
    const error = await refusalOf(quotas.reserve(MAINTAINER, { kind: 'cluster', id: 'f', workers: 1 }));
    expect(error).toBeInstanceOf(QuotaExceeded);
  });

  it('are refused as problems of their own type', () => {
    const answer = problemFor(new QuotaExceeded('Quota of SSH keys: …'), 'r-1');
    expect(answer.statusCode).toBe(409);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({
      type: '/problems/quota-exceeded',
      detail: 'Quota of SSH keys: …',
    });
  });

  it('limit the lifetime of a cluster, extensions included', () => {
    let cluster = readyCluster();
    for (let count = 0; count < 6; count += 1) cluster = extendedBy(cluster, 24, at('07:00:00'));
    expect(() => extendedBy(cluster, 17, at('07:00:00'))).toThrow(/has 152 of the 168 hours/);
    expect(extendedBy(cluster, 16, at('07:00:00')).lifetimeExtensionCount).toBe(7);
  });

  it.each([
    ['0/15 * * * ? *', 15],
    ['0/10 * * * ? *', 10],
    ['0,50 9,10 * * ? *', 10],
    ['0,55 0,23 * * ? *', 5],
    ['0 6 * * ? *', 24 * 60],
  ])('take the closest occurrences of a schedule: %s are %i minutes apart', (expression, minutes) => {
    const schedule = { type: 'cron', expression, timeZone: 'Europe/Berlin' } as const;
    expect(fewestMinutesBetween(schedule, at('06:00:00'))).toBe(minutes);
  });

  it('do not take a change of clocks for a frequent schedule', () => {
    // 01:50 and 03:00 are ten minutes apart on the day on which clocks go forward.
    const schedule = { type: 'cron', expression: '0,50 1,3 * * ? *', timeZone: 'Europe/Berlin' } as const;
    expect(fewestMinutesBetween(schedule, '2027-03-27T12:00:00.000Z')).toBe(50);
  });
});

describe('a reservation', () => {
  let world: UpkeepWorld;
  beforeEach(async () => {
    world = upkeepWorld({ clusters: [claimedCluster()], jobs: [sparkJob()] });
    await world.quotas.reserve(ALICE, { kind: 'cluster', id: 'c1', workers: 1 });
  });
  const held = async () => (await world.reservations.change(ALICE.id, (same) => same)).held.map(({ id }) => id);

  it('of a cluster is released by the end that EMR tells', async () => {
    world.put('j-1', { state: 'STARTING' });
    await world.sync();
    expect(await held()).toEqual(['c1']);
    world.put('j-1', { state: 'TERMINATED', reason: { code: 'USER_REQUEST', message: '' } });
    await world.sync();
    expect(await held()).toEqual([]);
  });

  it('stays while nothing has ended, however often the sweep looks', async () => {
    await world.clusters.change('c1', (cluster) =>
      withWorkload(cluster, (workload): Workload => ({ ...workload, emrId: 'j-1', status: 'WAITING' }), at('06:40:00')),
    );
    for (let count = 0; count < 3; count += 1) {
      world.clock.advance(15);
      await world.settleReservations();
    }
    expect(await held()).toEqual(['c1']);
  });

  it('is dropped where the process died between reservation and claim, once no request can be about to claim', async () => {
    await world.quotas.reserve(ALICE, { kind: 'cluster', id: 'never-claimed', workers: 30 });
    await world.quotas.reserve(ALICE, { kind: 'sparkJob', id: 'never-written' });
    await world.quotas.reserve(ALICE, { kind: 'sshKey', id: 'never-added' });
    world.clock.advance(5);
    await world.settleReservations();
    expect(await held()).toEqual(['c1', 'never-claimed', 'never-written', 'never-added']);
    world.clock.advance(1);
    await world.settleReservations();
    expect(await held()).toEqual(['c1']);
  });

  it('is dropped by the sweep where an end could not release it', async () => {
    const { change } = world.reservations;
    let failures = 1;
    world.reservations.change = async (ownerId, apply) => {
      if (failures-- > 0) throw new AwsFailed('DynamoDB failed');
      return change(ownerId, apply);
    };
    world.put('j-1', { state: 'TERMINATED' });
    await world.sync();
    await world.sync();
    expect(await world.cluster()).toMatchObject({ status: 'TERMINATED' });
    world.clock.advance(10);
    await world.settleReservations();
    expect(await held()).toEqual([]);
  });

  it('of a job or a key that exists is settled, and looked at again once its deletion has begun', async () => {
    await world.quotas.reserve(ALICE, { kind: 'sparkJob', id: 'daily-report' });
    await world.quotas.reserve(ALICE, { kind: 'sshKey', id: SSH_KEY.id });
    await world.quotas.release(ALICE.id, { kind: 'cluster', id: 'c1' });
    world.clock.advance(10);
    await world.settleReservations();
    expect(await world.reservations.open()).toEqual([]);
    expect(await held()).toEqual(['daily-report', SSH_KEY.id]);
    await world.quotas.open(ALICE.id, { kind: 'sshKey', id: SSH_KEY.id });
    await world.sshKeys.delete(SSH_KEY);
    world.clock.advance(10);
    await world.settleReservations();
    expect(await held()).toEqual(['daily-report']);
  });

  it('that was renewed while the sweep looked stays', async () => {
    await world.quotas.reserve(ALICE, { kind: 'sshKey', id: 'k2' });
    world.clock.advance(10);
    const { get } = world.sshKeys;
    world.sshKeys.get = async (id) => {
      await world.quotas.reserve(ALICE, { kind: 'sshKey', id: 'k2' });
      return get(id);
    };
    await world.settleReservations();
    expect(await held()).toEqual(['c1', 'k2']);
  });

  it('that cannot be settled fails the sweep and no other', async () => {
    await world.quotas.reserve(ALICE, { kind: 'sshKey', id: 'never-added' });
    world.clock.advance(10);
    world.clusters.get = async () => {
      throw new AwsThrottled('DynamoDB is busy');
    };
    await expect(world.settleReservations()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(await held()).toEqual(['c1']);
  });
});
