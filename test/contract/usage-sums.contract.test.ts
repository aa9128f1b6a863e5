import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbUsageSums } from '../../functions/adapters/dynamodb-usage-sums.ts';
import type { UsageSums } from '../../functions/ports/usage-sums.ts';
import type { DayUsage } from '../../shared/domain/usage-report.ts';
import { changedLate, summedUp, withDay } from '../../shared/domain/usage-sums.ts';
import { fakeUsageSums } from '../fakes/fake-usage-sums.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<UsageSums>][] = [
  ['the fake', async () => fakeUsageSums()],
  ['DynamoDB', async () => dynamoDbUsageSums(await dynamoDb.newTable())],
];

const NOW = '2026-11-24T03:15:00.000Z';

const used = (ownerId: string, day: string, kind: DayUsage['kind'] = 'run'): DayUsage => ({
  ownerId,
  owner: `name-of-${ownerId}`,
  kind,
  day,
  started: 2,
  seconds: 3600,
  nodeSeconds: 7200,
  normalizedHours: 8,
  microDollars: 123_456,
});

describe.each(implementations)('UsageSums as %s', (_name, create) => {
  let sums: UsageSums;
  beforeEach(async () => {
    sums = await create();
  });
  const put = (ownerId: string, day: string, kind?: DayUsage['kind']) => {
    const usage = used(ownerId, day, kind);
    const key = { ownerId, month: day.slice(0, 7) };
    return sums.changeMonth(key, usage.owner, (month) => withDay(month, usage.owner, day, [usage]));
  };

  it('keeps the days of a person’s month', async () => {
    await put('a', '2026-11-02', 'cluster');
    await put('a', '2026-11-01');
    expect(await sums.ofPerson('a', '2026-11', '2026-11')).toEqual([
      {
        ownerId: 'a',
        owner: 'name-of-a',
        month: '2026-11',
        days: [used('a', '2026-11-01'), used('a', '2026-11-02', 'cluster')],
        version: 3,
      },
    ]);
  });

  it('writes nothing where a change changes nothing', async () => {
    const written = await put('a', '2026-11-01');
    expect(await put('a', '2026-11-01')).toEqual(written);
    await sums.changeMonth({ ownerId: 'b', month: '2026-11' }, 'bob', (month) => month);
    expect(await sums.ofEverybody('2026-11', '2026-11')).toEqual([written]);
  });

  it('finds months, both included, of one person or of everybody', async () => {
    for (const day of ['2026-09-30', '2026-10-01', '2026-11-30', '2026-12-01'])
      for (const person of ['a', 'b']) await put(person, day);
    const monthsOf = (found: readonly { month: string; ownerId: string }[]) =>
      found.map(({ month, ownerId }) => `${month} ${ownerId}`);
    expect(monthsOf(await sums.ofPerson('a', '2026-10', '2026-11'))).toEqual(['2026-10 a', '2026-11 a']);
    expect(monthsOf(await sums.ofEverybody('2026-10', '2026-11'))).toEqual([
      '2026-10 a',
      '2026-10 b',
      '2026-11 a',
      '2026-11 b',
    ]);
  });

  it('knows which days are summed up, and which have changed since', async () => {
    for (const day of ['2026-11-03', '2026-11-01', '2026-11-02'])
      await sums.changeDay(day, (known) => summedUp(known, null, NOW));
    await sums.changeDay('2026-11-02', (known) => changedLate(known, NOW));
    await sums.changeDay('2026-11-04', (known) => known);
    expect(await sums.days('2026-11-01', '2026-11-02')).toMatchObject([
      { day: '2026-11-01', changedAt: null, summedAt: NOW },
      { day: '2026-11-02', changedAt: NOW, summedAt: null },
    ]);
    expect((await sums.days('2026-11-01', '2026-11-30')).map(({ day }) => day)).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-03',
    ]);
  });

  it('loses neither of two changes at once', async () => {
    await Promise.all([put('a', '2026-11-01'), put('a', '2026-11-02'), put('a', '2026-11-03')]);
    const [month] = await sums.ofPerson('a', '2026-11', '2026-11');
    expect(month?.days.map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
  });
});
