import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbBudgetNotices } from '../../functions/adapters/dynamodb-budget-notices.ts';
import type { BudgetNotices } from '../../functions/ports/budget-notices.ts';
import { NO_BUDGETS } from '../../shared/domain/budget.ts';
import { noticeFor, type BudgetNotice } from '../../shared/domain/budget-notice.ts';
import { ALICE, at } from '../fakes/cluster.ts';
import { fakeBudgetNotices } from '../fakes/fake-budget-notices.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<BudgetNotices>][] = [
  ['the fake', async () => fakeBudgetNotices().notices],
  ['DynamoDB', async () => dynamoDbBudgetNotices(await dynamoDb.newTable())],
];

const notice = (used: number): BudgetNotice => {
  const account = { id: 'person#sub-alice', used: { '2026-11': used }, holds: [] } as const;
  const made = noticeFor({ ...NO_BUDGETS, eachPerson: 100 }, account, {
    to: ALICE,
    isRefused: false,
    now: at('06:00:00'),
  });
  if (made === null) throw new Error('Nothing to tell');
  return made;
};

describe.each(implementations)('BudgetNotices as %s', (_name, create) => {
  let notices: BudgetNotices;
  beforeEach(async () => {
    notices = await create();
  });

  it('keeps one for each account, month and level', async () => {
    expect(await Promise.all([notices.add(notice(80)), notices.add(notice(90))])).toContain(false);
    expect(await notices.add(notice(80))).toBe(false);
    expect(await notices.add(notice(100))).toBe(true);
    expect(await notices.add({ ...notice(80), period: '2026-12' })).toBe(true);
    expect(await notices.withUnsentMail()).toHaveLength(3);
  });

  it('stays, without its mail, once that was sent', async () => {
    await notices.add(notice(80));
    await notices.change(notice(80), (known) => ({ ...known, outbox: [] }));
    expect(await notices.withUnsentMail()).toEqual([]);
    expect(await notices.add(notice(80))).toBe(false);
  });
});
