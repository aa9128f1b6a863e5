import { describe, expect, it } from 'vitest';

import { catchUpOccurrences } from '../../../functions/upkeep/catch-up-occurrences.ts';
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
    expect((await world.runs()).map(({ occurrence, reason }) => [occurrence, reason?.code])).toEqual([
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
    const delivered = { lastOccurrence: '2026-11-24T06:00:00.000Z' };
    const world = begin(finishedJob({ startDate, scheduleAnchor: startDate, ...delivered }));
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
    const changed = begin(finishedJob({ accountableFrom: '2026-11-26T06:30:00.000Z' }));
    changed.clock.set('2026-11-26T07:00:00.000Z');
    await changed.account();
    expect(started(changed)).toEqual([]);
    const ended = begin(finishedJob({ endDate: at('12:00:00') }));
    ended.clock.set('2026-11-26T07:00:00.000Z');
    await ended.account();
    expect(started(ended)).toEqual([]);
  });
});
