import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbBudgetAccounts } from '../../functions/adapters/dynamodb-budget-accounts.ts';
import type { BudgetAccounts } from '../../functions/ports/budget-accounts.ts';
import type { BudgetHold } from '../../shared/domain/budget-account.ts';
import type { ByMonth } from '../../shared/domain/month.ts';
import { fakeBudgetAccounts } from '../fakes/fake-budget-accounts.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<BudgetAccounts>][] = [
  ['the fake', async () => fakeBudgetAccounts()],
  ['DynamoDB', async () => dynamoDbBudgetAccounts(await dynamoDb.newTable())],
];

const ALICE = 'person#alice';

/** Ten dollars an hour; four hours by default. */
const hold = (id: string, changes: Partial<BudgetHold> = {}): BudgetHold => ({
  kind: 'cluster',
  id,
  job: null,
  hourly: 10,
  since: '2026-11-23T06:00:00.000Z',
  until: '2026-11-23T10:00:00.000Z',
  heldAt: '2026-11-23T06:00:00.000Z',
  accounts: ['everyone'],
  ...changes,
});

const limitedTo =
  (limit: number) =>
  (added: ByMonth): ByMonth =>
    Object.fromEntries(Object.entries(added).map(([month, amount]) => [month, limit - amount]));
const unlimited = () => ({});

describe.each(implementations)('BudgetAccounts as %s', (_name, create) => {
  let accounts: BudgetAccounts;
  beforeEach(async () => {
    accounts = await create();
  });

  it('lets as many of ten launches pass at once as the limit has room for', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => accounts.hold('everyone', hold(`c${index}`), limitedTo(200))),
    );
    expect(answers.filter(({ isHeld }) => isHeld)).toHaveLength(5);
    expect((await accounts.get('everyone')).used).toEqual({ '2026-11': 200 });
  });

  it('adds a hundred launches of different people at once to one sum', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => accounts.hold('everyone', hold(`c${index}`), unlimited)),
    );
    expect((await accounts.get('everyone')).used).toEqual({ '2026-11': 4000 });
  });

  it('refuses the first one too, and says what it would have added', async () => {
    const answer = await accounts.hold(ALICE, hold('c1'), limitedTo(39.99));
    expect(answer).toEqual({
      isHeld: false,
      before: null,
      account: { id: ALICE, used: {}, holds: [] },
      added: { '2026-11': 40 },
    });
  });

  it('counts the same hold once, and a longer one with what it adds', async () => {
    await accounts.hold(ALICE, hold('c1'), limitedTo(40));
    await accounts.hold(ALICE, hold('c1'), limitedTo(40));
    const longer = hold('c1', { until: '2026-11-23T12:00:00.000Z' });
    expect(await accounts.hold(ALICE, longer, limitedTo(59))).toMatchObject({
      isHeld: false,
      added: { '2026-11': 20 },
    });
    expect(await accounts.hold(ALICE, longer, limitedTo(60))).toEqual({
      isHeld: true,
      before: { until: '2026-11-23T10:00:00.000Z', dollars: { '2026-11': 40 }, hold: hold('c1') },
      account: { id: ALICE, used: { '2026-11': 60 }, holds: [longer] },
      added: { '2026-11': 20 },
    });
  });

  it('replaces a hold by what was billed, once, in every month that it touched', async () => {
    const over = hold('c1', { since: '2026-11-30T23:00:00.000Z', until: '2026-12-01T03:00:00.000Z' });
    await accounts.hold(ALICE, over, unlimited);
    await accounts.hold(ALICE, hold('c2'), unlimited);
    expect((await accounts.get(ALICE)).used).toEqual({ '2026-11': 50, '2026-12': 30 });
    for (let count = 0; count < 3; count += 1)
      await accounts.settle(ALICE, over, { '2026-11': 10, '2026-12': 1.234567 });
    expect(await accounts.get(ALICE)).toMatchObject({
      used: { '2026-11': 50, '2026-12': 1.234567 },
      holds: [hold('c2')],
    });
    await accounts.settle(ALICE, hold('unknown'), { '2026-11': 1000 });
    await accounts.settle(ALICE, hold('c2'), {});
    expect(await accounts.get(ALICE)).toEqual({ id: ALICE, used: { '2026-11': 10, '2026-12': 1.234567 }, holds: [] });
  });

  it('counts a hold once that several requests add at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => accounts.hold('everyone', hold('c1'), unlimited)));
    expect((await accounts.get('everyone')).used).toEqual({ '2026-11': 40 });
  });

  it('settles a hold once, however many say at once that it has ended', async () => {
    await accounts.hold(ALICE, hold('c1'), unlimited);
    await Promise.all(Array.from({ length: 8 }, () => accounts.settle(ALICE, hold('c1'), { '2026-11': 3 })));
    expect((await accounts.get(ALICE)).used).toEqual({ '2026-11': 3 });
  });

  it('takes back what it added or replaced, unless that has changed since', async () => {
    const longer = hold('c1', { until: '2026-11-23T12:00:00.000Z' });
    for (const id of [ALICE, 'everyone'] as const) {
      const first = await accounts.hold(id, hold('c1'), unlimited);
      const second = await accounts.hold(id, longer, unlimited);
      await accounts.takeBack(id, hold('c1'), first.before);
      expect((await accounts.get(id)).used).toEqual({ '2026-11': 60 });
      await accounts.takeBack(id, longer, second.before);
      await accounts.takeBack(id, longer, second.before);
      expect((await accounts.get(id)).used).toEqual({ '2026-11': 40 });
      await accounts.takeBack(id, hold('c1'), first.before);
      expect(await accounts.get(id)).toEqual({ id, used: { '2026-11': 0 }, holds: [] });
      await accounts.hold(id, longer, unlimited);
      await accounts.settle(id, longer, { '2026-11': 7 });
      await accounts.takeBack(id, longer, second.before);
      expect(await accounts.get(id)).toEqual({ id, used: { '2026-11': 7 }, holds: [] });
    }
  });

  it('keeps whose holds they are in accounts of people only', async () => {
    await accounts.hold(ALICE, hold('c1', { job: { id: 'j', identifier: 'daily' } }), unlimited);
    await accounts.hold('group#analysts', hold('c1'), unlimited);
    await accounts.hold('everyone', hold('c1'), unlimited);
    expect((await accounts.ofPeople()).map(({ id, holds }) => [id, holds])).toEqual([
      [ALICE, [hold('c1', { job: { id: 'j', identifier: 'daily' } })]],
    ]);
    expect((await accounts.get('everyone')).holds).toEqual([]);
  });
});
