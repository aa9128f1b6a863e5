import { describe, expect, it, vi } from 'vitest';

import { listUpkeep } from '../../../functions/admin/list-upkeep.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import type { Timer } from '../../../functions/runtime/timer.ts';
import { inTurn, sweep } from '../../../functions/runtime/sweep.ts';
import { recordExecutions } from '../../../functions/upkeep/record-executions.ts';
import { PERIODIC_TASKS } from '../../../shared/contract/upkeep.ts';
import { at } from '../../fakes/cluster.ts';
import { fakeUpkeepRecords } from '../../fakes/fake-upkeep-records.ts';
import { testClock } from '../../fakes/test-clock.ts';

const monitor = () => {
  const clock = testClock(at('06:00:00'));
  const records = fakeUpkeepRecords();
  let ids = 0;
  const timers = new Set<() => void>();
  const timer: Timer = (_milliseconds, act) => {
    timers.add(act);
    return () => timers.delete(act);
  };
  const record = recordExecutions({ records, clock, timer, newId: () => `execution-${(ids += 1)}` });
  const list = async () => (await listUpkeep({ records, clock })()).items;
  return {
    clock,
    records,
    record,
    /** For those that run now, it is long since they started. */
    takeLong() {
      for (const act of timers) act();
      timers.clear();
    },
    list,
    of: async (task: string) => (await list()).find((item) => item.task === task),
  };
};

const swept = (items: readonly string[], failing: readonly string[] = []) =>
  sweep({
    what: 'sweep',
    items,
    evidence: (item) => ({ item }),
    act: async (item) => {
      if (failing.includes(item)) throw new Error(`no ${item}`);
    },
  });

describe('what the upkeep did last', () => {
  it('lists every task, also where none ever ran', async () => {
    const items = await monitor().list();
    expect(items.map(({ task }) => task)).toEqual(Object.keys(PERIODIC_TASKS));
    expect(items[0]).toEqual({
      task: 'terminateExpiredClusters',
      everyMinutes: 1,
      lastStartedAt: null,
      lastEndedAt: null,
      durationMs: null,
      handled: null,
      lastError: null,
      lastErrorAt: null,
      running: 0,
      modifiedAt: null,
      isOverdue: false,
    });
  });

  it('has start, end, duration and the number of items of the last execution', async () => {
    const { record, clock, of } = monitor();
    const handled = await record('sendMails', async () => {
      clock.advance(0.05);
      return swept(['a', 'b']);
    });
    expect(handled).toBe(2);
    expect(await of('sendMails')).toMatchObject({
      lastStartedAt: at('06:00:00'),
      lastEndedAt: at('06:00:03'),
      durationMs: 3000,
      handled: 2,
      lastError: null,
      modifiedAt: at('06:00:03'),
    });
  });

  it('has the error of one that failed, with what it handled all the same, until a later error', async () => {
    const { record, clock, of } = monitor();
    const task = inTurn({
      first: () => swept(['a', 'b', 'c'], ['b']),
      second: () => swept(['d']),
      third: () => swept(['e'], ['e']),
    });
    await expect(record('findOrphans', task)).rejects.toMatchObject({ name: 'SweepFailed' });
    const failed = {
      handled: 3,
      lastError:
        'SweepFailed: Could not sweep: 1 of 3 failed, the first with: no b Could not sweep: 1 of 1 failed, the first with: no e',
      lastErrorAt: at('06:00:00'),
    };
    expect(await of('findOrphans')).toMatchObject(failed);
    clock.advance(15);
    await record('findOrphans', () => swept([]));
    expect(await of('findOrphans')).toMatchObject({ ...failed, handled: 0, lastEndedAt: at('06:15:00') });
  });

  it('keeps an error to one line of 500 bytes', async () => {
    const { record, of } = monitor();
    const task = async () => {
      throw new Error(`two\nlines ${'x'.repeat(2000)}`);
    };
    await expect(record('sendMails', task)).rejects.toThrow('two');
    const { lastError } = (await of('sendMails')) ?? {};
    expect(lastError).toMatch(/^Error: two lines x+…$/);
    expect(Buffer.byteLength(lastError ?? '')).toBe(500);
  });

  it('shows an execution that goes on beside a later one', async () => {
    const { record, takeLong, clock, of } = monitor();
    const slow = Promise.withResolvers<number>();
    const first = record('sendMails', () => slow.promise);
    takeLong();
    await vi.waitFor(async () => expect((await of('sendMails'))?.running).toBe(1));
    clock.advance(1);
    await record('sendMails', () => swept(['a']));
    expect(await of('sendMails')).toMatchObject({ running: 1, lastStartedAt: at('06:01:00'), handled: 1 });
    clock.advance(1);
    slow.resolve(7);
    await first;
    expect(await of('sendMails')).toMatchObject({
      running: 0,
      lastStartedAt: at('06:01:00'),
      lastEndedAt: at('06:02:00'),
      durationMs: 120_000,
      handled: 7,
      lastError: null,
    });
  });

  it('has the later start where a shorter execution was recorded first', async () => {
    const { record, clock, of } = monitor();
    const slow = Promise.withResolvers<number>();
    const first = record('sendMails', () => slow.promise);
    clock.advance(0.05);
    await record('sendMails', () => swept(['a']));
    slow.resolve(7);
    await first;
    expect(await of('sendMails')).toMatchObject({ running: 0, lastStartedAt: at('06:00:03'), durationMs: 3000 });
  });

  it('writes once for a short execution, without a read after the first', async () => {
    const { record, records } = monitor();
    const change = vi.spyOn(records, 'change');
    await record('sendMails', () => swept([]));
    await record('sendMails', () => swept([]));
    expect(change.mock.calls.map(([task, , known]) => [task, known?.version])).toEqual([
      ['sendMails', undefined],
      ['sendMails', 2],
    ]);
  });

  it('shows an execution that was stopped, and says so once it cannot be running any more', async () => {
    const { record, takeLong, clock, of } = monitor();
    const stopped = new Promise<number>(() => {});
    void record('announceExpiries', () => stopped);
    takeLong();
    await vi.waitFor(async () =>
      expect(await of('announceExpiries')).toMatchObject({ lastStartedAt: at('06:00:00'), lastEndedAt: null }),
    );
    clock.advance(5);
    await record('announceExpiries', () => swept([]));
    expect(await of('announceExpiries')).toMatchObject({ running: 1, lastError: null });
    clock.advance(5);
    await record('announceExpiries', () => swept([]));
    expect(await of('announceExpiries')).toMatchObject({
      running: 0,
      lastError: expect.stringContaining(`started at ${at('06:00:00')} never ended`),
      lastErrorAt: at('06:10:00'),
    });
  });

  it('does the task although nothing can be recorded, and logs that', async () => {
    const { clock } = monitor();
    const logged = vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const failing = recordExecutions({
      records: { ...fakeUpkeepRecords(), change: async () => Promise.reject(new Error('DynamoDB')) },
      clock,
      timer: () => () => {},
      newId: () => 'e1',
    });
    expect(await failing('sendMails', () => swept(['a']))).toBe(1);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });
});

describe('a task that is overdue', () => {
  it('has not ended for its period and as long again', async () => {
    const { record, clock, of } = monitor();
    await record('syncWithEmr', () => swept([]));
    clock.set(at('06:10:00'));
    expect(await of('syncWithEmr')).toMatchObject({ isOverdue: false });
    clock.advance(0.001);
    expect(await of('syncWithEmr')).toMatchObject({ isOverdue: true });
  });

  it('starts all the time and never ends', async () => {
    const { record, takeLong, clock, of } = monitor();
    for (let minute = 0; minute < 4; minute += 1) {
      void record('sendMails', () => new Promise<number>(() => {}));
      takeLong();
      clock.advance(1);
    }
    await vi.waitFor(async () => expect(await of('sendMails')).toMatchObject({ isOverdue: true }));
  });

  it('never started while the others did', async () => {
    const { record, clock, of } = monitor();
    await record('sendMails', () => swept([]));
    clock.advance(10);
    expect(await of('syncWithEmr')).toMatchObject({ isOverdue: false });
    clock.advance(1);
    expect(await of('syncWithEmr')).toMatchObject({ isOverdue: true, lastStartedAt: null });
    expect(await of('compareSchedules')).toMatchObject({ isOverdue: false });
  });

  it('is a daily one after 25 hours', async () => {
    const { record, clock, of } = monitor();
    await record('compareSchedules', () => swept([]));
    clock.advance(25 * 60);
    expect(await of('compareSchedules')).toMatchObject({ isOverdue: false });
    clock.advance(1);
    expect(await of('compareSchedules')).toMatchObject({ isOverdue: true });
  });
});
