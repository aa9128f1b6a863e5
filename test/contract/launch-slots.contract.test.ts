import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbLaunchSlots } from '../../functions/adapters/dynamodb-launch-slots.ts';
import type { LaunchSlots } from '../../functions/ports/launch-slots.ts';
import { at } from '../fakes/cluster.ts';
import { fakeLaunchSlots } from '../fakes/fake-launch-slots.ts';
import { testClock, type TestClock } from '../fakes/test-clock.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, (clock: TestClock) => Promise<LaunchSlots>][] = [
  ['the fake', async (clock) => fakeLaunchSlots(clock)],
  ['DynamoDB', async (clock) => dynamoDbLaunchSlots(await dynamoDb.newTable(), clock)],
];

describe.each(implementations)('LaunchSlots as %s', (_name, create) => {
  let clock: TestClock;
  let slots: LaunchSlots;
  beforeEach(async () => {
    clock = testClock(at('06:00:00'));
    slots = await create(clock);
  });
  const secondsOf = (slot: string): number => (Date.parse(slot) - Date.parse(at('06:00:00'))) / 1000;
  const take = async (launch: 'cluster' | 'run'): Promise<number> => secondsOf(await slots.take(launch));

  it('gives sixty runs that come at once a slot each: eight now, then one after the other', async () => {
    const taken = await Promise.all(Array.from({ length: 60 }, () => take('run')));
    const expected = Array.from({ length: 60 }, (_, index) => Math.max(0, (index - 7) * 2110) / 1000);
    expect(taken.toSorted((a, b) => a - b)).toEqual(expected);
  });

  it('gives clusters a slot before the runs that wait, and the earliest of both lanes', async () => {
    for (let count = 0; count < 20; count += 1) await slots.take('run');
    expect([await take('cluster'), await take('cluster'), await take('cluster')]).toEqual([0, 0, 13 * 2.11]);
    expect(await take('run')).toBe(14 * 2.11);
  });

  it('gives clusters all of the rate while no run waits', async () => {
    const taken: number[] = [];
    for (let count = 0; count < 11; count += 1) taken.push(await take('cluster'));
    expect(taken).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2.11]);
  });

  it('has the whole burst again after a pause', async () => {
    for (let count = 0; count < 10; count += 1) await slots.take('run');
    clock.advance(1);
    for (let count = 0; count < 8; count += 1) expect(await take('run')).toBe(60);
    expect(await take('run')).toBe(62.11);
  });
});
