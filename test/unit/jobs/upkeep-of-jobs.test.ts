import { describe, expect, it } from 'vitest';

import { markExpired } from '../../../functions/jobs/mark-expired.ts';
import { expireJobs } from '../../../functions/upkeep/expire-jobs.ts';
import { handleDueJobs } from '../../../functions/upkeep/handle-due-jobs.ts';
import { putPendingSchedules } from '../../../functions/upkeep/put-pending-schedules.ts';
import { AwsFailed, AwsThrottled } from '../../../shared/domain/errors.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, runningJob, sparkJob } from '../../fakes/spark-job.ts';

const upkeep = (world: ReturnType<typeof jobWorld>) =>
  handleDueJobs({
    ...world,
    expireJobs: expireJobs({ ...world, schedules: world.schedules.schedules, markExpired: markExpired(world) }),
    putPendingSchedules: putPendingSchedules({ ...world, schedules: world.schedules.schedules }),
  })();

describe('expiring jobs', () => {
  it('removes the schedule, marks the job and mails its owner, once', async () => {
    const world = jobWorld(finishedJob({ endDate: at('06:39:00') }));
    world.schedules.put.set('job-1', 'next');
    await upkeep(world);
    await upkeep(world);
    expect(world.schedules.put.size).toBe(0);
    expect(await world.job()).toMatchObject({ expiredAt: at('06:40:00') });
    expect(world.mailed).toMatchObject([
      { kind: 'spark-job-expired', to: 'alice@example.com', values: { jobIdentifier: 'daily-report' } },
    ]);
  });

  it('leaves jobs alone that have no end, or not yet; a live run goes on', async () => {
    for (const endDate of [null, at('06:40:00')]) {
      const world = jobWorld(sparkJob({ endDate }));
      await upkeep(world);
      expect(await world.job()).toMatchObject({ expiredAt: null });
    }
    const live = jobWorld(runningJob({ endDate: at('06:39:00') }));
    await upkeep(live);
    expect(await live.run()).toMatchObject({ outcome: null, termination: null });
  });

  it('goes on with the others where one fails, and tries that again', async () => {
    const ended = { endDate: at('06:39:00') };
    const world = jobWorld(sparkJob({ ...ended, identifier: 'other', id: 'job-2' }), sparkJob(ended));
    world.schedules.errors.push(new AwsThrottled('slow down'));
    // Seen by the alarm.
    await expect(upkeep(world)).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(await world.job()).toMatchObject({ expiredAt: at('06:40:00') });
    expect(await world.jobs.get('other')).toMatchObject({ expiredAt: null });
    await upkeep(world);
    expect(await world.jobs.get('other')).toMatchObject({ expiredAt: at('06:40:00') });
  });
});

describe('writing pending schedules', () => {
  const pending = { schedulePendingSince: at('06:39:00') };

  it('writes what a crash kept from being written', async () => {
    const world = jobWorld(sparkJob(pending));
    await upkeep(world);
    expect(world.schedules.put.get('job-1')).toBe('2026-11-24T06:00:00.000Z');
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('writes none of a job that was deleted since the index of due jobs was written', async () => {
    const job = sparkJob(pending);
    const world = jobWorld(job);
    const { jobs, schedules } = world;
    await jobs.delete(job);
    jobs.dueForUpkeep = async () => [job];
    const asked: string[] = [];
    schedules.schedules.put = async ({ identifier }) => void asked.push(identifier);
    await upkeep(world);
    expect(asked).toEqual([]);
  });

  it('removes the schedule of a job that has no occurrence to come', async () => {
    const world = jobWorld(sparkJob({ ...pending, endDate: at('12:00:00') }));
    world.schedules.put.set('job-1', 'old');
    await upkeep(world);
    expect(world.schedules.put.size).toBe(0);
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('tells the alarm of a schedule that AWS refuses, and leaves the note', async () => {
    const world = jobWorld(sparkJob(pending));
    world.schedules.errors.push(new AwsFailed('ValidationException'));
    await expect(upkeep(world)).rejects.toMatchObject({ name: 'SweepFailed' });
    expect((await world.job()).schedulePendingSince).not.toBeNull();
  });

  it('writes once more where a newer schedule may have been overtaken on the way to AWS', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      // Somebody edits the job, and that schedule is written while this one is still on its way.
      await world.jobs.change('daily-report', (current) => ({
        ...current,
        scheduleAnchor: at('07:00:00'),
        schedulePendingSince: null,
      }));
      await put(job, next);
    };
    await upkeep(world);
    world.schedules.schedules.put = put;
    expect((await world.job()).schedulePendingSince).not.toBeNull();
    await upkeep(world);
    expect(world.schedules.put.get('job-1')).toBe(at('07:00:00'));
    expect((await world.job()).schedulePendingSince).toBeNull();
  });

  it('keeps the note where the job was changed meanwhile', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      await world.jobs.change('daily-report', (current) => ({ ...current, schedulePendingSince: at('06:41:00') }));
      await put(job, next);
    };
    await upkeep(world);
    expect(await world.job()).toMatchObject({ schedulePendingSince: at('06:41:00') });
  });

  it('removes the schedule of a deleted job also where the answer to its last write was lost', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      await put(job, next);
      await world.jobs.delete(await world.job());
      throw new AwsFailed('timeout');
    };
    await upkeep(world);
    expect(world.schedules.put.size).toBe(0);
  });

  it('does not bring back the schedule of a job that was deleted meanwhile', async () => {
    const world = jobWorld(sparkJob(pending));
    const { put } = world.schedules.schedules;
    world.schedules.schedules.put = async (job, next) => {
      await put(job, next);
      await world.jobs.delete(await world.job());
    };
    await upkeep(world);
    expect(world.schedules.put.size).toBe(0);
  });
});
