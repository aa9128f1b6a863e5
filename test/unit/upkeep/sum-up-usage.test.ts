import { describe, expect, it } from 'vitest';

import type { UsageEntry, UsageKey } from '../../../shared/domain/usage.ts';
import { sumOf, sumOfDays, type DayUsage } from '../../../shared/domain/usage-report.ts';
import { noUsage, withEntry } from '../../../shared/domain/usage.ts';
import { fakeUsageRepository } from '../../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../../fakes/fake-usage-sums.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { lateUsage } from '../../../functions/upkeep/late-usage.ts';
import { sumUpUsage } from '../../../functions/upkeep/sum-up-usage.ts';
import { summedUsage } from '../../../functions/access/summed-usage.ts';

const [FIRST, LAST] = ['2026-11-20', '2026-11-30'];

const entry = (dollars: number, version = 1): UsageEntry => ({
  started: 1,
  seconds: 3600,
  nodeSeconds: 7200,
  dollars,
  normalizedHours: 8,
  version,
});

/** Three days of two people, at 03:15 of the day after the second. */
const begin = async () => {
  const clock = testClock('2026-11-23T03:15:00.000Z');
  const items = fakeUsageRepository();
  const sums = fakeUsageSums();
  const change = lateUsage({ usage: items, sums, clock });
  const add = (ownerId: string, day: string, dollars: number, { id = 'w', version = 1 } = {}) => {
    const key: UsageKey = { ownerId, kind: 'run', day, part: id.slice(-1) };
    return change(key, `name-of-${ownerId}`, (known) => withEntry(known, id, entry(dollars, version)));
  };
  const usage = { ...items, change };
  const read = summedUsage({ usage, sums, clock });
  for (const [day, dollars] of [
    ['2026-11-20', 1],
    ['2026-11-22', 2],
    ['2026-11-23', 4],
  ] as const) {
    const key = (ownerId: string): UsageKey => ({ ownerId, kind: 'run', day, part: 'w' });
    for (const ownerId of ['a', 'b'])
      await items.change(key(ownerId), `name-of-${ownerId}`, (known) => withEntry(known, 'w', entry(dollars)));
  }
  return {
    clock,
    items,
    sums,
    add,
    sumUp: sumUpUsage({ usage, sums, clock }),
    within: () => read(FIRST, LAST),
    /** What readers see, which is what the items say whatever was summed up. */
    async seen() {
      const within = await read(FIRST, LAST);
      const everybody = [...(await within.summedOfEverybody()), ...(await within.openOfEverybody())];
      const people = [...(await within.ofPerson('a')), ...(await within.ofPerson('b'))];
      const inOrder = (days: readonly DayUsage[]) =>
        days.toSorted((x, y) => (`${x.day} ${x.ownerId}` < `${y.day} ${y.ownerId}` ? -1 : 1));
      expect(inOrder(people)).toEqual(inOrder(everybody));
      expect(sumOfDays(everybody)).toEqual(sumOf(await items.ofEverybody(FIRST, LAST)));
      return within.open;
    },
  };
};

const ALL_OPEN = [[FIRST, LAST]];
const SUMMED = [['2026-11-23', LAST]];

describe('summing up usage', () => {
  it('takes the days that are over, from the first that has any, and shows them once an index has them', async () => {
    const world = await begin();
    expect(await world.seen()).toEqual(ALL_OPEN);
    expect(await world.sumUp()).toBe(3);
    expect(await world.seen()).toEqual(ALL_OPEN);
    world.clock.advance(10);
    expect(await world.seen()).toEqual(SUMMED);
    expect(await world.sums.ofPerson('a', '2026-11', '2026-11')).toMatchObject([
      { owner: 'name-of-a', days: [{ day: '2026-11-20', microDollars: 1e6 }, { day: '2026-11-22' }] },
    ]);
  });

  it('does nothing twice', async () => {
    const world = await begin();
    await world.sumUp();
    const before = await world.sums.ofEverybody('2026-11', '2026-11');
    expect(await world.sumUp()).toBe(0);
    expect(await world.sums.ofEverybody('2026-11', '2026-11')).toEqual(before);
  });

  it('has nothing to do where nobody has used anything', async () => {
    const clock = testClock('2026-11-23T03:15:00.000Z');
    expect(await sumUpUsage({ usage: fakeUsageRepository(), sums: fakeUsageSums(), clock })()).toBe(0);
  });

  it('waits until what is written of a day’s last minutes is there', async () => {
    const world = await begin();
    world.clock.set('2026-11-23T02:59:59.999Z');
    expect(await world.sumUp()).toBe(2);
    world.clock.advance(60);
    expect(await world.seen()).toEqual([['2026-11-22', LAST]]);
  });

  it('takes a month at a time, the newest days first', async () => {
    const world = await begin();
    world.clock.set('2027-01-01T03:15:00.000Z');
    expect(await world.sumUp()).toBe(31);
    const [first] = await world.sums.days('2026-01-01', '2027-01-01');
    expect(first?.day).toBe('2026-12-01');
    expect(await world.sumUp()).toBe(11);
  });

  it('counts a late change at once, and sums its day up again after an hour', async () => {
    const world = await begin();
    await world.sumUp();
    world.clock.advance(60);
    await world.add('a', '2026-11-20', 7, { version: 2 });
    const open = [['2026-11-20', '2026-11-20'], ...SUMMED];
    expect(await world.seen()).toEqual(open);
    world.clock.advance(59);
    expect(await world.sumUp()).toBe(0);
    world.clock.advance(1);
    expect(await world.sumUp()).toBe(1);
    world.clock.advance(10);
    expect(await world.seen()).toEqual(SUMMED);
    const [month] = await world.sums.ofPerson('a', '2026-11', '2026-11');
    expect(month?.days[0]?.microDollars).toBe(7e6);
  });

  it('counts somebody whose usage of a day comes late', async () => {
    const world = await begin();
    await world.sumUp();
    world.clock.advance(60);
    await world.add('c', '2026-11-22', 3);
    world.clock.advance(60);
    await world.sumUp();
    world.clock.advance(10);
    const within = await world.within();
    expect([within.open, sumOfDays(await within.ofPerson('c')).cost]).toEqual([SUMMED, 3]);
  });

  it('leaves the sums where a workload is added again, or from a newer item that says the same', async () => {
    const world = await begin();
    await world.sumUp();
    world.clock.advance(60);
    await world.add('a', '2026-11-20', 1);
    await world.add('a', '2026-11-20', 1, { version: 2 });
    expect(await world.seen()).toEqual(SUMMED);
    const [usage] = await world.items.ofPerson('a', '2026-11-20', '2026-11-20');
    expect(usage?.entries['w']?.version).toBe(2);
  });

  it('takes the sums back before it changes a day, so that a crash between loses nothing', async () => {
    const world = await begin();
    await world.sumUp();
    world.clock.advance(60);
    const { change } = world.items;
    const dying = lateUsage({
      usage: {
        change: async (key, owner, changed) => {
          const [before] = await world.items.ofPerson('a', '2026-11-20', '2026-11-20');
          if (before === undefined || changed(before) !== before) throw new Error('died');
          return change(key, owner, changed);
        },
      },
      sums: world.sums,
      clock: world.clock,
    });
    const key: UsageKey = { ownerId: 'a', kind: 'run', day: '2026-11-20', part: 'w' };
    await expect(dying(key, 'a', () => noUsage(key, 'a'))).rejects.toThrow('died');
    expect(await world.seen()).toEqual([['2026-11-20', '2026-11-20'], ...SUMMED]);
  });

  it('leaves a day open that changes while it is summed up', async () => {
    const world = await begin();
    const { ofEverybody } = world.items;
    let reads = 0;
    world.items.ofEverybody = async (...range) => {
      const found = await ofEverybody(...range);
      if ((reads += 1) === 1) await world.add('a', '2026-11-22', 9, { version: 2 });
      return found;
    };
    await sumUpUsage({ usage: world.items, sums: world.sums, clock: world.clock })();
    world.items.ofEverybody = ofEverybody;
    world.clock.advance(30);
    expect(await world.seen()).toEqual([['2026-11-22', LAST]]);
  });

  it('finishes a day that was stopped', async () => {
    const world = await begin();
    const { changeMonth } = world.sums;
    world.sums.changeMonth = async (key, ...rest) =>
      key.ownerId === 'b' ? Promise.reject(new Error('DynamoDB')) : changeMonth(key, ...rest);
    // The 21st has nobody's usage.
    await expect(world.sumUp()).rejects.toMatchObject({ name: 'SweepFailed', handled: 1 });
    world.clock.advance(10);
    expect(await world.seen()).toEqual([
      ['2026-11-20', '2026-11-20'],
      ['2026-11-22', LAST],
    ]);
    world.sums.changeMonth = changeMonth;
    expect(await world.sumUp()).toBe(2);
    world.clock.advance(10);
    expect(await world.seen()).toEqual(SUMMED);
  });
});
