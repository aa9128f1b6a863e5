import { beforeEach, describe, expect, it } from 'vitest';

import { problemFor } from '../../../functions/runtime/problem.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { ALICE, at, BOB } from '../../fakes/cluster.ts';
import { budgetWorld } from '../../fakes/budget-world.ts';
import { testClock, type TestClock } from '../../fakes/test-clock.ts';

const ANALYST = { ...ALICE, groups: ['analysts'] };
const OTHER = { ...BOB, groups: ['analysts'] };

/** Four hours at ten dollars. */
const cluster = (id: string, hours = 4) => ({
  kind: 'cluster' as const,
  id,
  job: null,
  hourly: 10,
  since: at('06:00:00'),
  until: new Date(Date.parse(at('06:00:00')) + hours * 3_600_000).toISOString(),
});

const refusalOf = (attempt: Promise<unknown>): Promise<Error | null> =>
  attempt.then(
    () => null,
    (error: unknown) => error as Error,
  );

describe('budgets', () => {
  let clock: TestClock;
  let world: ReturnType<typeof budgetWorld>;
  beforeEach(() => {
    clock = testClock(at('06:00:00'));
    world = budgetWorld(clock);
  });
  const usedBy = async (id: 'everyone' | `group#${string}` | `person#${string}`) =>
    (await world.budgetAccounts.get(id)).used['2026-11'] ?? 0;

  it('count in the sums of the person, their groups and everyone, with or without a limit', async () => {
    await world.budgets.commit(ANALYST, cluster('a'));
    await world.budgets.commit(OTHER, cluster('b', 2));
    expect([await usedBy('person#sub-alice'), await usedBy('group#analysts'), await usedBy('everyone')]).toEqual([
      40, 60, 60,
    ]);
  });

  it.each([
    [{ eachPerson: 79 }, 'The budget of alice is $79.00 for November 2026. $40.00 are used', 'person#sub-alice'],
    [{ groups: { analysts: 79 } }, 'The budget of the group analysts is $79.00 for November 2026.', 'group#analysts'],
    [{ everyone: 79 }, 'The budget of the whole portal is $79.00 for November 2026.', 'everyone'],
  ])('refuse what is over %j, name it and leave nothing behind', async (limits, message, account) => {
    await world.setBudgets(limits);
    await world.budgets.commit(ANALYST, cluster('a'));
    const refusal = await refusalOf(world.budgets.commit(ANALYST, cluster('b')));
    expect(refusal).toMatchObject({ name: 'BudgetExceeded', message: expect.stringContaining(message) as string });
    expect(refusal?.message).toMatch(/would add \$40\.00\..*ask an administrator of the portal to raise the budget/);
    expect(refusal).toMatchObject({ evidence: { account, month: '2026-11', limit: 79, used: 40, wanted: 40 } });
    for (const id of ['person#sub-alice', 'group#analysts', 'everyone'] as const) expect(await usedBy(id)).toBe(40);
  });

  it('take exactly what the limit is', async () => {
    await world.setBudgets({ eachPerson: 80 });
    await world.budgets.commit(ANALYST, cluster('a'));
    await world.budgets.commit(ANALYST, cluster('b'));
    expect(await refusalOf(world.budgets.commit(ANALYST, cluster('c', 0.1)))).toMatchObject({ name: 'BudgetExceeded' });
  });

  it('cannot be passed together by ten launches at once', async () => {
    await world.setBudgets({ everyone: 200 });
    const people = Array.from({ length: 10 }, (_, n) => ({ ...ALICE, id: `p${n}`, username: `p${n}` }));
    const refusals = await Promise.all(people.map((one, n) => refusalOf(world.budgets.commit(one, cluster(`c${n}`)))));
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(5);
    expect(await usedBy('everyone')).toBe(200);
  });

  it('of zero refuse the first launch', async () => {
    await world.setBudgets({ people: { [ALICE.id]: 0 } });
    expect(await refusalOf(world.budgets.commit(ALICE, cluster('a')))).toMatchObject({ name: 'BudgetExceeded' });
    expect(await refusalOf(world.budgets.commit(BOB, cluster('b')))).toBeNull();
  });

  it('lowered below what is used refuse more, and let go on what runs', async () => {
    await world.budgets.commit(ALICE, cluster('a'));
    await world.setBudgets({ eachPerson: 10 });
    expect(await refusalOf(world.budgets.commit(ALICE, cluster('b', 0.1)))).toMatchObject({ name: 'BudgetExceeded' });
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 39 });
    expect(await usedBy('person#sub-alice')).toBe(39);
  });

  it('are checked in each month that a launch reaches into', async () => {
    await world.setBudgets({ eachPerson: 50 });
    const over = { ...cluster('a'), since: '2026-11-30T23:00:00.000Z', until: '2026-12-01T06:00:00.000Z' };
    expect(await refusalOf(world.budgets.commit(ALICE, over))).toMatchObject({
      message: expect.stringContaining('for December 2026') as string,
    });
    await world.budgets.commit(ALICE, { ...over, until: '2026-12-01T05:00:00.000Z' });
    expect(await world.used(ALICE.id)).toBe(10);
    expect(await world.used(ALICE.id, '2026-12')).toBe(50);
  });

  it('are lifted by an override in its month alone', async () => {
    const overrides = { [ALICE.id]: { month: '2026-11', limit: 100, reason: 'quarter end' } };
    await world.setBudgets({ people: { [ALICE.id]: 10 }, overrides });
    await world.budgets.commit(ALICE, cluster('a'));
    const december = { ...cluster('b'), since: '2026-12-01T06:00:00.000Z', until: '2026-12-01T10:00:00.000Z' };
    expect(await refusalOf(world.budgets.commit(ALICE, december))).toMatchObject({ name: 'BudgetExceeded' });
  });

  it('count an extension with what it adds, and no more where it is taken back', async () => {
    await world.setBudgets({ eachPerson: 60 });
    await world.budgets.commit(ANALYST, cluster('a'));
    expect(await refusalOf(world.budgets.commit(ANALYST, cluster('a', 7)))).toMatchObject({ name: 'BudgetExceeded' });
    expect(await usedBy('group#analysts')).toBe(40);
    const takeBack = await world.budgets.commit(ANALYST, cluster('a', 6));
    expect(await usedBy('group#analysts')).toBe(60);
    await takeBack();
    await takeBack();
    expect([await usedBy('person#sub-alice'), await usedBy('group#analysts')]).toEqual([40, 40]);
  });

  it('do not count again what ended while its extension was refused', async () => {
    await world.budgets.commit(ALICE, cluster('a'));
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 12 });
    const takeBack = await world.budgets.commit(ALICE, cluster('a', 6));
    await takeBack();
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 12 });
    expect(await usedBy('person#sub-alice')).toBe(12);
  });

  it('take a commitment that is repeated, whatever the limit is by then', async () => {
    await world.budgets.commit(ALICE, cluster('a'));
    await world.setBudgets({ eachPerson: 1 });
    await world.budgets.commit(ALICE, cluster('a'));
    expect(await usedBy('person#sub-alice')).toBe(40);
  });

  it('take back the sums before the person’s own account, from which the sweep finds them', async () => {
    await world.setBudgets({ everyone: 1 });
    const { takeBack } = world.budgetAccounts;
    const order: string[] = [];
    world.budgetAccounts.takeBack = async (id, ...rest) => {
      order.push(id);
      return takeBack(id, ...rest);
    };
    await refusalOf(world.budgets.commit(ANALYST, cluster('a')));
    expect(order).toEqual(['group#analysts', 'person#sub-alice']);
  });

  it('settle in the groups in which it was counted, whatever groups the person has now', async () => {
    await world.budgets.commit(ANALYST, cluster('a'));
    await world.budgets.commit({ ...ANALYST, groups: ['research'] }, cluster('a', 5));
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 7 });
    for (const id of ['person#sub-alice', 'group#analysts', 'group#research', 'everyone'] as const)
      expect(await usedBy(id)).toBe(7);
  });

  it('keep the hold of the person where a sum could not be settled, so that the sweep finds it', async () => {
    await world.budgets.commit(ANALYST, cluster('a'));
    const { settle } = world.budgetAccounts;
    world.budgetAccounts.settle = async (id, ...rest) => {
      if (id === 'everyone') throw new AwsFailed('DynamoDB failed');
      return settle(id, ...rest);
    };
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 7 });
    expect((await world.budgetAccounts.get('person#sub-alice')).holds).toHaveLength(1);
    world.budgetAccounts.settle = settle;
    await world.budgets.settle(ALICE.id, cluster('a'), { '2026-11': 7 });
    for (const id of ['person#sub-alice', 'group#analysts', 'everyone'] as const) expect(await usedBy(id)).toBe(7);
  });

  it('tell once a month at 80 %, and once when there is no room: the person, and of sums the admins', async () => {
    await world.setBudgets({ eachPerson: 100, everyone: 100 });
    const mails = () =>
      world
        .allNotices()
        .flatMap(({ outbox }) => outbox)
        .map(({ id, to }) => [id, to]);
    await world.budgets.commit(ALICE, cluster('a', 7.9));
    expect(mails()).toEqual([]);
    await world.budgets.commit(ALICE, cluster('b', 0.1));
    await world.budgets.commit(ALICE, cluster('c', 0.1));
    const warned = [
      ['budget-warning-person#sub-alice-2026-11', 'alice@example.com'],
      ['budget-warning-everyone-2026-11', ''],
    ];
    expect(mails()).toEqual(warned);
    for (const id of ['d', 'e']) await refusalOf(world.budgets.commit(ALICE, cluster(id)));
    expect(mails()).toEqual([...warned, ['budget-exceeded-person#sub-alice-2026-11', 'alice@example.com']]);
    clock.advance(9 * 24 * 60);
    await world.setBudgets({ people: { [ALICE.id]: 0 } });
    await refusalOf(
      world.budgets.commit(ALICE, { ...cluster('f'), since: clock.now(), until: '2026-12-02T10:00:00.000Z' }),
    );
    expect(mails().at(-1)).toEqual(['budget-exceeded-person#sub-alice-2026-12', 'alice@example.com']);
  });

  it('are refused as problems of their own type', async () => {
    await world.setBudgets({ eachPerson: 1 });
    const answer = problemFor(await refusalOf(world.budgets.commit(ALICE, cluster('a'))), 'r-1');
    expect(answer.statusCode).toBe(409);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ type: '/problems/budget-exceeded', title: 'Over a budget' });
  });
});
