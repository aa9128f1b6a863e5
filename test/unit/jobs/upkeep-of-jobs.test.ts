import { describe, expect, it } from 'vitest';

import { expireJobs, markExpired } from '../../../functions/jobs/expire-jobs.ts';
import { putPendingSchedules } from '../../../functions/jobs/put-schedule.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, runningJob, sparkJob } from '../../fakes/spark-job.ts';

const expire = (world: ReturnType<typeof jobWorld>) =>
  expireJobs({ ...world, schedules: world.schedules.schedules, markExpired: markExpired(world) })();

describe('expiring jobs', () => {
  it('removes the schedule, marks the job and mails its owner, once', async () => {
    const world = jobWorld(finishedJob({ endDate: at('06:39:00') }));
    world.schedules.put.set('job-1', 'next');
    await expire(world);
    await expire(world);
    expect(world.schedules.put.size).toBe(0);
    expect(await world.job()).toMatchObject({ expiredAt: at('06:40:00') });
    expect(world.mailed).toMatchObject([
      { kind: 'spark-job-expired', to: 'alice@example.com', values: { jobIdentifier: 'daily-report' } },
    ]);
  });

  it('leaves jobs alone that have no end, or not yet; a live run goes on', async () => {
    for (const endDate of [null, at('06:40:00')]) {
      const world = jobWorld(sparkJob({ endDate }));
      await expire(world);
      expect(await world.job()).toMatchObject({ expiredAt: null });
    }
    const live = jobWorld(runningJob({ endDate: at('06:39:00') }));
    await expire(live);
    expect(await live.run()).toMatchObject({ outcome: null, termination: null });
  });

  it('goes on with the others where one fails, and tries that again', async () => {
    const ended = { endDate: at('06:39:00') };
    const world = jobWorld(sparkJob({ ...ended, identifier: 'other', id: 'job-2' }), sparkJob(ended));
    world.schedules.errors.push(new AwsThrottled('slow down'));
    await expire(world);
    expect(await world.job()).toMatchObject({ expiredAt: at('06:40:00') });
    expect(await world.jobs.get('other')).toMatchObject({ expiredAt: null });
    await expire(world);
    expect(await world.jobs.get('other')).toMatchObject({ expiredAt: at('06:40:00') });
  });
});

describe('writing pending schedules', () => {
  const pending = { schedulePendingSince: at('06:39:00') };

  it('writes what a crash kept from being written', async () => {
    const world = jobWorld(sparkJob(pending));
    await putPendingSchedules(world)();
    expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:00:00.000Z');
    expect(await world.jobs.withPendingSchedule()).toEqual([]);
  });

  it('removes the schedule of a job that has no occurrence to come', async () => {
    const world = jobWorld(sparkJob({ ...pending, endDate: at('12:00:00') }));
    world.schedules.put.set('job-1', 'old');
    await putPendingSchedules(world)();
    expect(world.schedules.put.size).toBe(0);
    expect(await world.jobs.withPendingSchedule()).toEqual([]);
  });

  it('keeps the note where the job was changed meanwhile', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      await world.jobs.change('daily-report', (current) => ({ ...current, schedulePendingSince: at('06:41:00') }));
      await put(job, next);
    };
    await putPendingSchedules(world)();
    expect(await world.job()).toMatchObject({ schedulePendingSince: at('06:41:00') });
  });

  it('does not bring back the schedule of a job that was deleted meanwhile', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      await put(job, next);
      await world.jobs.delete(job);
    };
    await putPendingSchedules(world)();
    expect(world.schedules.put.size).toBe(0);
  });
});
