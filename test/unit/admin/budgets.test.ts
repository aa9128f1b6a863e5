import { beforeEach, describe, expect, it } from 'vitest';

import { resolvePerson } from '../../../functions/access/resolve-person.ts';
import { adminBudgets } from '../../../functions/admin/budgets.ts';
import { changeDocument } from '../../../functions/admin/change-document.ts';
import { validated } from '../../../functions/runtime/validate.ts';
import { budgetsBody } from '../../../shared/contract/budgets.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { budgetWorld } from '../../fakes/budget-world.ts';
import { ADMIN, ALICE, at, BOB } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { testClock, type TestClock } from '../../fakes/test-clock.ts';

const NONE = { everyone: null, eachPerson: null, groups: {}, people: {} };

const wanted = (id: string, hours: number) => ({
  kind: 'cluster' as const,
  id,
  job: null,
  hourly: 1,
  since: at('06:00:00'),
  until: new Date(Date.parse(at('06:00:00')) + hours * 3_600_000).toISOString(),
});

describe('the budgets of the administration', () => {
  let clock: TestClock;
  let world: ReturnType<typeof budgetWorld>;
  let audit: ReturnType<typeof fakeAuditTrail>;
  let admin: ReturnType<typeof adminBudgets>;
  beforeEach(async () => {
    clock = testClock(at('06:00:00'));
    world = budgetWorld(clock);
    audit = fakeAuditTrail();
    for (const person of [{ ...ALICE, groups: ['analysts'] }, BOB]) await world.people.seen(person, at('05:00:00'));
    admin = adminBudgets({
      documents: world.documents,
      changeDocument: changeDocument({ documents: world.documents, audit, clock }),
      accounts: world.budgetAccounts,
      people: world.people,
      resolve: resolvePerson({ people: world.people }),
      clock,
    });
  });

  it('are none until somebody saves some', async () => {
    expect(await admin.getBudgets()).toEqual({
      ...NONE,
      overrides: [],
      used: { month: '2026-11', everyone: 0, groups: {}, people: {} },
      version: 0,
      changedAt: null,
      changedBy: null,
    });
  });

  it('take what they answered, keep ids, and answer names with what is used', async () => {
    const limits = { everyone: 1000, eachPerson: 100, groups: { analysts: 300 }, people: { ALICE: 50, bob: null } };
    await world.budgets.commit({ ...ALICE, groups: ['analysts'] }, wanted('c1', 4));
    const saved = await admin.putBudgets(budgetsBody.parse(limits), ADMIN);
    expect(saved).toMatchObject({
      ...limits,
      people: { alice: 50, bob: null },
      used: { month: '2026-11', everyone: 4, groups: { analysts: 4 }, people: { alice: 4, bob: 0 } },
      version: 1,
      changedBy: 'admin',
    });
    expect((await world.documents.newest('budgets'))?.content.people).toEqual({ 'sub-alice': 50, 'sub-bob': null });
    expect(await admin.putBudgets(budgetsBody.parse(saved), ADMIN)).toMatchObject({
      ...limits,
      people: saved.people,
      version: 2,
    });
    expect(await world.budgetOf(ALICE)).toEqual({ limit: 50, used: 4, level: 'ok' });
    expect(await world.budgetOf(BOB)).toBeNull();
  });

  it('refuse a change of another version than the newest, names that nobody has, and one person twice', async () => {
    await admin.putBudgets(NONE, ADMIN);
    await expect(admin.putBudgets({ ...NONE, version: 0 }, ADMIN)).rejects.toMatchObject({ name: 'StaleWrite' });
    for (const [limits, field] of [
      [{ people: { carol: 5 } }, 'people.carol'],
      [{ people: { alice: 5, 'alice@example.com': 6 } }, 'people.alice@example.com'],
      [{ groups: { analysts: 5, nobody: 5 } }, 'groups.nobody'],
    ] as const)
      await expect(admin.putBudgets({ ...NONE, ...limits }, ADMIN)).rejects.toMatchObject({ errors: [{ field }] });
    expect((await admin.getBudgets()).version).toBe(1);
  });

  it('name every unknown group and person at once', async () => {
    const groups = { analysts: 5, nobody: 5, none: 5 };
    const people = { carol: 5, alice: 5, 'no.one': null, 'alice@example.com': 6 };
    await expect(admin.putBudgets({ ...NONE, groups, people }, ADMIN)).rejects.toMatchObject({
      errors: [
        { field: 'groups.nobody', message: expect.stringContaining('in this group') as string },
        { field: 'groups.none' },
        { field: 'people.carol', message: expect.stringContaining(`Nobody called 'carol'`) as string },
        { field: 'people.no.one' },
        { field: 'people.alice@example.com', message: 'This is alice, who has another entry. Give one.' },
      ],
    });
  });

  it('keep a group that has lost its last member', async () => {
    await world.documents.add({
      name: 'budgets',
      version: 1,
      content: { ...NONE, groups: { dissolved: 7 }, overrides: {} },
      changedAt: clock.now(),
      changedBy: 'a',
      changedById: 'a',
    });
    expect(await admin.putBudgets({ ...NONE, groups: { dissolved: 8 } }, ADMIN)).toMatchObject({
      groups: { dissolved: 8 },
    });
  });

  it.each([
    [{ everyone: -1 }, 'everyone'],
    [{ eachPerson: 1e12 }, 'eachPerson'],
    [{ everyone: '5' }, 'everyone'],
    [{ groups: { analysts: null } }, 'groups.analysts'],
    [{ people: { alice: -0.01 } }, 'people.alice'],
    [{ people: JSON.parse('{"__proto__": -5}') as object }, 'people.__proto__'],
    [{ people: [] }, 'people'],
    [{ budget: 5 }, 'budget'],
  ])('refuse %j and name the field', (limits, field) => {
    expect(() => validated(budgetsBody, { ...NONE, ...limits }, 'body')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }) as Error,
    );
  });

  it.each([0, 0.01, 1_000_000_000])('take a limit of %d dollars', (limit) => {
    expect(budgetsBody.parse({ ...NONE, everyone: limit })).toMatchObject({ everyone: limit });
  });

  it('lift the limit of one person until the month ends, and are audited', async () => {
    await admin.putBudgets({ ...NONE, people: { alice: 10 } }, ADMIN);
    const override = { username: 'Alice', limit: 80, reason: 'quarter end' };
    expect(await admin.overrideBudget(override, ADMIN)).toMatchObject({
      people: { alice: 10 },
      overrides: [{ username: 'alice', limit: 80, month: '2026-11', reason: 'quarter end' }],
      version: 2,
    });
    expect(await world.budgetOf(ALICE)).toMatchObject({ limit: 80 });
    // A change of the budgets leaves it.
    await admin.putBudgets({ ...NONE, people: { alice: 20 } }, ADMIN);
    expect(await world.budgetOf(ALICE)).toMatchObject({ limit: 80 });
    expect(audit.entries.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
      ['admin', 'budgets.change', expect.objectContaining({ people: ['alice: 10'] })],
      [
        'admin',
        'budgets.change',
        expect.objectContaining({ person: 'alice', limit: 80, month: '2026-11', reason: 'quarter end' }),
      ],
      ['admin', 'budgets.change', expect.objectContaining({ people: ['alice: 20'] })],
    ]);
    clock.advance(8 * 24 * 60);
    expect(await world.budgetOf(ALICE)).toMatchObject({ limit: 20 });
    expect((await admin.getBudgets()).overrides).toEqual([]);
  });

  it('have nothing to lift for a person without a limit of their own', async () => {
    await admin.putBudgets({ ...NONE, everyone: 5, people: { bob: null } }, ADMIN);
    for (const username of ['alice', 'bob'])
      await expect(admin.overrideBudget({ username, limit: 80, reason: 'x' }, ADMIN)).rejects.toMatchObject({
        name: 'Conflict',
        message: expect.stringContaining(`${username} has no budget of their own`) as string,
      });
    await expect(admin.overrideBudget({ username: 'carol', limit: 80, reason: 'x' }, ADMIN)).rejects.toMatchObject({
      errors: [{ field: 'username' }],
    });
  });

  it('are not changed where the audit trail cannot be written', async () => {
    audit.failure = new AwsFailed('DynamoDB failed');
    await expect(admin.putBudgets({ ...NONE, everyone: 5 }, ADMIN)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect((await admin.getBudgets()).version).toBe(0);
  });
});
