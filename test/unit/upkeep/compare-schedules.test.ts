import { describe, expect, it } from 'vitest';

import { compareSchedules } from '../../../functions/upkeep/compare-schedules.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { sparkJob } from '../../fakes/spark-job.ts';

const NEXT = '2026-11-24T06:00:00.000Z';
const written = (id: string, changes: object = {}) =>
  sparkJob({ id, identifier: id, schedulePendingSince: null, ...changes });

const begin = (...jobs: ReturnType<typeof sparkJob>[]) => {
  const world = jobWorld(...jobs);
  const compare = compareSchedules({
    jobs: world.jobs,
    schedules: world.schedules.schedules,
    clock: world.clock,
    pause: async () => {},
  });
  return { ...world, compare };
};

describe('comparing all schedules with all jobs', () => {
  it('removes the schedule of a job that is gone, and touches no other', async () => {
    const world = begin(written('kept'));
    world.schedules.put.set('kept', NEXT).set('deleted', NEXT);
    await world.compare();
    expect([...world.schedules.put.keys()]).toEqual(['kept']);
    expect((await world.jobs.get('kept')).schedulePendingSince).toBeNull();
  });

  it('leaves the schedule of a job that the list has only a minute later', async () => {
    const world = begin();
    world.schedules.put.set('new', NEXT);
    const pauses: number[] = [];
    await compareSchedules({
      jobs: world.jobs,
      schedules: world.schedules.schedules,
      clock: world.clock,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        await world.jobs.create(written('new'));
      },
    })();
    expect(pauses).toEqual([60_000]);
    expect([...world.schedules.put.keys()]).toEqual(['new']);
  });

  it('has the schedule of a job written again that is missing', async () => {
    const world = begin(written('lost'));
    await world.compare();
    expect((await world.jobs.get('lost')).schedulePendingSince).toBe(world.clock.now());
  });

  it('leaves a schedule that is being written to its own retry', async () => {
    const since = at('06:10:00');
    const world = begin(written('pending', { schedulePendingSince: since }));
    await world.compare();
    expect((await world.jobs.get('pending')).schedulePendingSince).toBe(since);
  });

  it('misses no schedule of a job without an occurrence to come', async () => {
    const world = begin(
      written('ended', { endDate: at('06:30:00') }),
      written('expired', { expiredAt: at('06:30:00') }),
    );
    await world.compare();
    for (const identifier of ['ended', 'expired'])
      expect((await world.jobs.get(identifier)).schedulePendingSince, identifier).toBeNull();
  });

  it('goes through more than one page of jobs', async () => {
    const many = Array.from({ length: 120 }, (_, n) => written(`job-${n}`));
    const world = begin(...many);
    for (const { id } of many) world.schedules.put.set(id, NEXT);
    await world.compare();
    expect(world.schedules.put.size).toBe(120);
  });

  it('removes nothing where the schedules could not be listed', async () => {
    const world = begin(written('kept'));
    world.schedules.errors.push(new AwsThrottled('slow down'));
    await expect(world.compare()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect((await world.jobs.get('kept')).schedulePendingSince).toBeNull();
  });
});
