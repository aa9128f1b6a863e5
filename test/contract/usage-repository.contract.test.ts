import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbUsageRepository } from '../../functions/adapters/dynamodb-usage-repository.ts';
import type { UsageRepository } from '../../functions/ports/usage-repository.ts';
import { withEntry, type UsageEntry, type UsageKey } from '../../shared/domain/usage.ts';
import { fakeUsageRepository } from '../fakes/fake-usage-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<UsageRepository>][] = [
  ['the fake', async () => fakeUsageRepository()],
  ['DynamoDB', async () => dynamoDbUsageRepository(await dynamoDb.newTable())],
];

const entry: UsageEntry = {
  started: 1,
  seconds: 3600,
  nodeSeconds: 14_400,
  dollars: 0.123456,
  normalizedHours: 32,
  version: 7,
};
const key = (ownerId: string, day: string, kind: UsageKey['kind'] = 'cluster'): UsageKey => ({
  ownerId,
  kind,
  day,
  part: '1',
});

describe.each(implementations)('UsageRepository as %s', (_name, create) => {
  let usage: UsageRepository;
  beforeEach(async () => {
    usage = await create();
  });
  const add = (of: UsageKey, id = 'c1', owner = 'alice') =>
    usage.change(of, owner, (known) => withEntry(known, id, entry));

  it('makes an item with its first change, and gives back what was added', async () => {
    await add(key('a', '2026-11-23'));
    await add(key('a', '2026-11-23'), 'c2');
    expect(await usage.ofPerson('a', '2026-11-23', '2026-11-23')).toEqual([
      {
        ownerId: 'a',
        owner: 'alice',
        kind: 'cluster',
        day: '2026-11-23',
        part: '1',
        entries: { c1: entry, c2: entry },
        version: 3,
      },
    ]);
  });

  it('keeps the parts of a day apart', async () => {
    for (const part of ['1', 'a', 'A', '-', '_']) await add({ ...key('a', '2026-11-23'), part }, `c${part}`);
    const partsOf = (found: readonly { part: string; entries: object }[]) =>
      Object.fromEntries(found.map(({ part, entries }) => [part, Object.keys(entries)]));
    const parts = Object.fromEntries(['1', 'a', 'A', '-', '_'].map((part) => [part, [`c${part}`]]));
    expect(partsOf(await usage.ofPerson('a', '2026-11-23', '2026-11-23'))).toEqual(parts);
    expect(partsOf(await usage.ofEverybody('2026-11-23', '2026-11-23'))).toEqual(parts);
  });

  it('writes nothing where a change changes nothing', async () => {
    const added = await add(key('a', '2026-11-23'));
    expect(await add(key('a', '2026-11-23'))).toEqual(added);
  });

  it('makes no item with a change that changes nothing', async () => {
    await usage.change(key('a', '2026-11-23'), 'alice', (known) => known);
    expect(await usage.ofPerson('a', '2026-11-23', '2026-11-23')).toEqual([]);
  });

  it('keeps both of two that are added at once', async () => {
    await Promise.all(['c1', 'c2', 'c3'].map((id) => add(key('a', '2026-11-23'), id)));
    const [known] = await usage.ofPerson('a', '2026-11-23', '2026-11-23');
    expect(Object.keys(known?.entries ?? {}).toSorted()).toEqual(['c1', 'c2', 'c3']);
  });

  it('finds a range of days, both ends included, of one person or of everybody', async () => {
    for (const day of ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01']) {
      await add(key('a', day, 'run'));
      await add(key('b', day), 'c1', 'bob');
    }
    const daysOf = (found: readonly { day: string }[]) => found.map(({ day }) => day);
    expect(daysOf(await usage.ofPerson('a', '2026-11-01', '2026-11-30'))).toEqual(['2026-11-01', '2026-11-30']);
    const everybody = await usage.ofEverybody('2026-11-01', '2026-11-30');
    expect(everybody.map(({ day, ownerId }) => `${day} ${ownerId}`).toSorted()).toEqual([
      '2026-11-01 a',
      '2026-11-01 b',
      '2026-11-30 a',
      '2026-11-30 b',
    ]);
    expect(await usage.ofPerson('c', '2026-11-01', '2026-11-30')).toEqual([]);
  });

  it('knows the first day on which anybody used anything', async () => {
    expect(await usage.firstDay()).toBeNull();
    for (const day of ['2026-11-23', '2026-10-31', '2026-12-01']) await add(key('a', day));
    expect(await usage.firstDay()).toBe('2026-10-31');
  });
});
