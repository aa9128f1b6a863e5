import { describe, expect, it } from 'vitest';

import { catchUpOccurrences } from '../../../functions/upkeep/catch-up-occurrences.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { missedRun } from '../../../shared/domain/occurrences.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';

const begin = (job: SparkJob) => {
  const world = jobWorld(job);
  const account = catchUpOccurrences(world);
  return { ...world, account: async () => account(await world.job()) };
};

const started = (world: ReturnType<typeof begin>) =>
  [...world.workflow.started.values()].map(({ occurrence }) => occurrence);

describe('accounting for occurrences', () => {
  it('starts a first run whose start was lost, after a while', async () => {
    const world = begin(sparkJob());
    world.clock.set(at('06:15:00'));
    await world.account();
    expect(started(world)).toEqual([]);
    world.clock.set(at('06:21:00'));
    await world.account();
    await world.account();
    expect(started(world)).toEqual([at('06:00:00')]);
    expect([...world.workflow.started.keys()]).toEqual(['recovery-job-1-20261123T060000-20261123T06']);
  });

  it('starts the newest lost occurrence and records the older ones, with mails', async () => {
    const world = begin(finishedJob());
    world.clock.set('2026-11-26T07:00:00.000Z');
    await world.account();
    expect(started(world)).toEqual(['2026-11-26T06:00:00.000Z']);
    const missed = (await world.runs()).filter(({ outcome }) => outcome === 'missed');
    expect(missed.map(({ occurrence, reason }) => [occurrence, reason?.code])).toEqual([
      ['2026-11-25T06:00:00.000Z', 'NOT_DELIVERED'],
      ['2026-11-24T06:00:00.000Z', 'NOT_DELIVERED'],
    ]);
    expect(world.mailed).toHaveLength(2);
    await world.account();
    expect(world.mailed).toHaveLength(2);
  });

  it('finds nothing where every occurrence has its run or its reason', async () => {
    const world = begin(finishedJob());
    await world.account();
    expect(started(world)).toEqual([]);
    const recorded = begin(sparkJob());
    await recorded.history.record(runOf(finishedJob()));
    await recorded.account();
    expect(started(recorded)).toEqual([]);
  });

  it('knows an occurrence again that Scheduler names by whole seconds', async () => {
    const startDate = '2026-11-23T06:00:00.123Z';
    const delivered = { occurrence: '2026-11-24T06:00:00.000Z' };
    const world = begin(finishedJob({ startDate, scheduleAnchor: startDate, accountedUntil: startDate }, delivered));
    world.clock.set('2026-11-24T07:00:00.000Z');
    await world.account();
    expect(started(world)).toEqual([]);
    world.clock.set('2026-11-25T07:00:00.000Z');
    await world.account();
    expect(started(world)).toEqual(['2026-11-25T06:00:00.000Z']);
  });

  it('tries again after an hour where the execution it started is gone too', async () => {
    const world = begin(sparkJob());
    await world.account();
    world.clock.set(at('07:40:00'));
    await world.account();
    expect(started(world)).toEqual([at('06:00:00'), at('06:00:00')]);
  });

  it('leaves occurrences alone that may be waiting for a run', async () => {
    const going = begin(runningJob());
    going.clock.set('2026-11-24T07:00:00.000Z');
    await going.account();
    expect(started(going)).toEqual([]);
    const justEnded = begin(finishedJob({}, { finishedAt: '2026-11-24T06:50:00.000Z' }));
    justEnded.clock.set('2026-11-24T07:00:00.000Z');
    await justEnded.account();
    expect(started(justEnded)).toEqual([]);
  });

  it('expects nothing of the time before the schedule was changed, nor after the end', async () => {
    const changed = begin(finishedJob({ accountedUntil: '2026-11-26T06:30:00.000Z' }));
    changed.clock.set('2026-11-26T07:00:00.000Z');
    await changed.account();
    expect(started(changed)).toEqual([]);
    const ended = begin(finishedJob({ endDate: at('12:00:00') }));
    ended.clock.set('2026-11-26T07:00:00.000Z');
    await ended.account();
    expect(started(ended)).toEqual([]);
  });

  const DAY = (day: number): string => `2026-11-${day}T06:00:00.000Z`;

  it('finds an occurrence that a later claim jumped ahead of', async () => {
    // The 24th was never delivered; the run of the 25th was, and has ended.
    const world = begin(
      finishedJob(
        { accountedUntil: DAY(23), lastOccurrence: DAY(25), runCount: 2 },
        { occurrence: DAY(25), number: 2 },
      ),
    );
    world.clock.set('2026-11-25T07:00:00.000Z');
    await world.account();
    expect(await world.job()).toMatchObject({
      accountedUntil: DAY(25),
      missed: [],
      runCount: 3,
      lastOccurrence: DAY(25),
    });
    expect((await world.runs()).filter(({ outcome }) => outcome === 'missed')).toMatchObject([{ occurrence: DAY(24) }]);
    expect(world.mailed).toMatchObject([{ kind: 'run-missed', values: { occurrence: DAY(24) } }]);
    expect(started(world)).toEqual([]);
  });

  it('moves the watermark past what has a run or a reason, and not past what it starts late', async () => {
    const world = begin(finishedJob({ accountedUntil: DAY(22) }));
    world.clock.set('2026-11-26T07:00:00.000Z');
    await world.account();
    expect(await world.job()).toMatchObject({ accountedUntil: DAY(25) });
    expect(started(world)).toEqual([DAY(26)]);
  });

  it('copies to the history what the item alone holds, and keeps it there until then', async () => {
    const missed = [{ occurrence: DAY(24), reason: 'notStarted', number: 2, recordedAt: DAY(24) }] as const;
    const world = begin(finishedJob({ accountedUntil: DAY(23), lastOccurrence: DAY(24), runCount: 2, missed }));
    world.clock.set('2026-11-24T07:00:00.000Z');
    const { record } = world.history;
    world.history.record = () => Promise.reject(new AwsThrottled('slow down'));
    await expect(world.account()).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await world.job()).toMatchObject({ accountedUntil: DAY(23), missed });
    world.history.record = record;
    await world.account();
    expect(await world.runs()).toMatchObject([{ number: 2, outcome: 'missed', reason: { code: 'NOT_STARTED' } }]);
    expect(await world.job()).toMatchObject({ accountedUntil: DAY(24), missed: [] });
    expect(world.mailed).toEqual([]);
  });

  it('writes the end of the latest run to the history, where a crash kept it from there', async () => {
    const world = begin(finishedJob({ accountedUntil: '2026-11-23T05:59:59.000Z' }));
    world.clock.set(at('07:00:00'));
    await world.account();
    expect(await world.runs()).toMatchObject([{ outcome: 'succeeded' }]);
    expect(await world.job()).toMatchObject({ accountedUntil: DAY(23) });
  });

  it('records what a later run has overtaken while that goes on, and leaves what may wait for it', async () => {
    const overtaking = { trigger: 'schedule', occurrence: DAY(25) } as const;
    const world = begin(runningJob({ accountedUntil: DAY(23), lastOccurrence: DAY(25) }, overtaking));
    world.clock.set('2026-11-26T07:00:00.000Z');
    await world.account();
    expect((await world.runs()).filter(({ outcome }) => outcome === 'missed')).toMatchObject([
      { occurrence: DAY(24), reason: { code: 'SUPERSEDED' } },
    ]);
    expect(await world.job()).toMatchObject({ accountedUntil: DAY(24) });
    expect(started(world)).toEqual([]);
  });

  const daily = sparkJob().schedule;
  /** The job's schedule until the 26th at 12:00, then another one, whose first time is still to come. */
  const rescheduled = (changes: Partial<SparkJob> = {}) => {
    const { scheduleAnchor, startDate, endDate } = sparkJob();
    const former = { schedule: daily, scheduleAnchor, startDate, endDate, accountedUntil: DAY(24) };
    return begin(
      finishedJob({
        accountedUntil: '2026-11-26T12:00:00.000Z',
        schedule: { type: 'cron', expression: '0 6 1 * ? *', timeZone: 'UTC' },
        formerSchedules: [{ ...former, until: '2026-11-26T12:00:00.000Z' }],
        ...changes,
      }),
    );
  };

  it('records what a schedule left open that another one replaced', async () => {
    const world = rescheduled();
    world.clock.set('2026-11-26T12:15:00.000Z');
    await world.account();
    expect(await world.runs()).toEqual([]);
    world.clock.set('2026-11-26T12:21:00.000Z');
    await world.account();
    expect((await world.runs()).map(({ occurrence, reason }) => [occurrence, reason?.code])).toEqual([
      [DAY(26), 'NOT_DELIVERED'],
      [DAY(25), 'NOT_DELIVERED'],
    ]);
    expect(await world.job()).toMatchObject({
      formerSchedules: [],
      missed: [],
      accountedUntil: '2026-11-26T12:00:00.000Z',
    });
    expect(world.mailed).toHaveLength(2);
    expect(started(world)).toEqual([]);
  });

  it('lets an execution record its occurrence after the schedule was changed', async () => {
    const world = rescheduled({ lastOccurrence: DAY(26) });
    world.clock.set('2026-11-26T12:05:00.000Z');
    await world.recordMissedOccurrence(await world.job(), { trigger: 'schedule', occurrence: DAY(25) }, 'superseded');
    await world.recordMissedOccurrence(await world.job(), { trigger: 'schedule', occurrence: DAY(24) }, 'superseded');
    expect((await world.runs()).map(({ occurrence }) => occurrence)).toEqual([DAY(25)]);
  });

  it('leaves a reason in the history as it was recorded, whatever became of the job since', async () => {
    const missed = [{ occurrence: DAY(24), reason: 'notStarted', number: 2, recordedAt: DAY(24) }] as const;
    const job = finishedJob({ accountedUntil: DAY(23), lastOccurrence: DAY(24), runCount: 2, missed });
    const world = begin({ ...job, engine: 'serverless', version: 9 });
    await world.history.record(missedRun(job, missed[0]));
    world.clock.set('2026-11-24T07:00:00.000Z');
    await world.account();
    expect(await world.runs()).toMatchObject([{ engine: 'cluster', status: 'TERMINATED' }]);
  });
});
