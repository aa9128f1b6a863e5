import { describe, expect, it } from 'vitest';

import { currentBudgets } from '../../../functions/access/current-budgets.ts';
import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { summedUsage } from '../../../functions/access/summed-usage.ts';
import { listPeople } from '../../../functions/people/list-people.ts';
import { peopleRoutes } from '../../../shared/contract/routes/people.ts';
import { lifetimeHold } from '../../../shared/domain/budget-account.ts';
import { meteredCluster, usageByDay, usageKeyFor, withEntry } from '../../../shared/domain/usage.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER, readyCluster } from '../../fakes/cluster.ts';
import { budgetWorld } from '../../fakes/budget-world.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { fakeUsageRepository } from '../../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../../fakes/fake-usage-sums.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { quotaRules } from '../../fakes/settings.ts';

const { query, response } = peopleRoutes.listPeople;

const begin = async () => {
  const people = fakePersonRepository();
  for (const [minute, person] of [MAINTAINER, ALICE, ADMIN, BOB].entries())
    await people.seen(person, at(`06:0${minute}:00`));
  const departure = {
    reason: 'deleted',
    at: at('06:30:00'),
    clusters: [],
    jobs: [],
    settledAt: at('06:30:00'),
  } as const;
  await people.change(BOB.id, (person) => ({ ...person, departure }));
  const reservations = fakeReservationRepository();
  const clock = testClock(at('07:00:00'));
  const { budgets, budgetAccounts, documents, setBudgets } = budgetWorld(clock);
  const usage = fakeUsageRepository();
  const deps = {
    people,
    reservations,
    quotaRules,
    usage: summedUsage({ usage, sums: fakeUsageSums(), clock }),
    accounts: budgetAccounts,
    budgets: currentBudgets(documents),
    clock,
  };
  const list = async (request: object = {}) => {
    const { items, ...rest } = response.parse(await listPeople(deps)(query.parse(request)));
    return { usernames: items.map(({ username }) => username), items, ...rest };
  };
  return { list, usage, budgets, setBudgets, quotas: quotaReservations({ reservations, quotaRules, clock }) };
};

describe('the list of people', () => {
  it('says when each was seen, in which groups they are, and what they use of their quotas', async () => {
    const { list, quotas } = await begin();
    await quotas.reserve(ALICE, { kind: 'cluster', id: 'c1', workers: 3 });
    await quotas.reserve(ALICE, { kind: 'cluster', id: 'c2', workers: 4 });
    await quotas.reserve(ALICE, { kind: 'session', id: 's1' });
    await quotas.reserve(ALICE, { kind: 'sparkJob', id: 'j1' });
    const { items, cursor, total } = await list();
    expect([cursor, total]).toEqual([null, 4]);
    expect(items.map(({ username }) => username)).toEqual(['admin', 'alice', 'bob', 'maintainer']);
    expect(items[1]).toEqual({
      id: ALICE.id,
      username: 'alice',
      email: 'alice@example.com',
      groups: [],
      firstSeenAt: at('06:01:00'),
      lastSeenAt: at('06:01:00'),
      modifiedAt: at('06:01:00'),
      isDisabled: false,
      departure: null,
      spend: { month: '2026-11', total: 0, currency: 'USD' },
      budget: null,
      quotas: {
        clusters: { used: 2, limit: 5 },
        workers: { used: 7, limit: 60 },
        sessions: { used: 1, limit: 3 },
        sparkJobs: { used: 1, limit: 100 },
        sshKeys: { used: 0, limit: 20 },
      },
    });
    expect(items[2]).toMatchObject({
      isDisabled: true,
      departure: { reason: 'deleted', at: at('06:30:00') },
      modifiedAt: at('06:30:00'),
    });
    expect(items[3]).toMatchObject({ quotas: { workers: { limit: null } } });
  });

  it('says what each has cost this month, and how much of the budget is in use', async () => {
    const { list, usage, budgets, setBudgets } = await begin();
    const metered = meteredCluster(readyCluster({ startedAt: at('06:00:00') }));
    for (const [day, entry] of usageByDay(metered, at('07:00:00')))
      await usage.change(usageKeyFor(metered, day), 'alice', (known) => withEntry(known, metered.id, entry));
    await budgets.commit(ALICE, lifetimeHold('cluster', readyCluster()));
    await setBudgets({ eachPerson: 1.7 });
    const { items } = await list();
    expect(items[1]).toMatchObject({
      spend: { total: 0.2 },
      budget: { limit: 1.7, used: 1.599944, level: 'warning' },
    });
    expect(items[0]).toMatchObject({ spend: { total: 0 }, budget: { limit: 1.7, used: 0, level: 'ok' } });
  });

  it('goes on where the page before ended, sorted or not', async () => {
    const { list } = await begin();
    for (const order of [{}, { sort: '-lastSeenAt' }, { status: 'present' }]) {
      const first = await list({ ...order, limit: 2 });
      const second = await list({ ...order, limit: 2, cursor: first.cursor });
      expect(new Set([...first.usernames, ...second.usernames]).size, JSON.stringify(order)).toBe(
        'status' in order ? 3 : 4,
      );
    }
  });

  it.each([
    [{ query: 'ALI' }, ['alice']],
    [{ query: 'example.com', sort: '-username' }, ['maintainer', 'bob', 'alice', 'admin']],
    [{ sort: 'lastSeenAt' }, ['maintainer', 'alice', 'admin', 'bob']],
    [{ query: 'maintainers' }, ['maintainer']],
    [{ group: 'admins' }, ['admin']],
    [{ group: 'admin' }, []],
    [{ status: 'left' }, ['bob']],
    [{ status: 'present' }, ['admin', 'alice', 'maintainer']],
    [{ status: 'left', query: 'alice' }, []],
  ])('is narrowed by %j', async (request, usernames) => {
    const { list } = await begin();
    expect(await list(request)).toMatchObject({ usernames, total: usernames.length });
  });

  it.each([{ sort: 'groups' }, { status: 'gone' }, { group: '' }, { query: 'a'.repeat(201) }, { colour: 'red' }])(
    'refuses %j',
    (request) => {
      expect(query.safeParse(request).success).toBe(false);
    },
  );
});
