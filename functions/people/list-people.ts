import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { PersonForAdmins, PersonSortField } from '../../shared/contract/routes/people.ts';
import { levelOf, limitOf, personAccount, type Budgets } from '../../shared/domain/budget.ts';
import { usedIn, type BudgetAccount } from '../../shared/domain/budget-account.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import { hasLeft } from '../../shared/domain/leavers.ts';
import { daysOfMonth, monthOf, type Month } from '../../shared/domain/month.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import { quotasOf, type QuotaRules } from '../../shared/domain/quota.ts';
import type { ReservedKind, Reservations } from '../../shared/domain/reservations.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import { sumOfDays, type DayUsage } from '../../shared/domain/usage-report.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { SummedUsage } from '../access/summed-usage.ts';
import type { BudgetAccounts } from '../ports/budget-accounts.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { ReadQuotaRules } from '../settings/quota-rules.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';
import type { Clock } from '../runtime/clock.ts';

type Route = Routes['listPeople'];

interface ListPeopleDependencies {
  readonly people: Pick<PersonRepository, 'list'>;
  readonly reservations: Pick<ReservationRepository, 'of'>;
  readonly quotaRules: ReadQuotaRules;
  readonly usage: SummedUsage;
  readonly accounts: Pick<BudgetAccounts, 'get'>;
  /** The limits of now. */
  readonly budgets: () => Promise<Budgets>;
  readonly clock: Clock;
}

const SEARCHABLE: Searchable<PersonRecord, PersonSortField> = {
  idOf: ({ id }) => id,
  textsOf: ({ username, email, groups }) => [username, email, ...groups],
  fields: {
    username: ({ username }) => username,
    email: ({ email }) => email,
    firstSeenAt: ({ firstSeenAt }) => firstSeenAt,
    lastSeenAt: ({ lastSeenAt }) => lastSeenAt,
  },
  byDefault: 'username',
};

const quotasIn = (person: PersonRecord, { held }: Reservations, rules: QuotaRules): PersonForAdmins['quotas'] => {
  const limits = quotasOf(person, rules);
  const count = (wanted: ReservedKind): number => held.filter(({ kind }) => kind === wanted).length;
  return {
    clusters: { used: count('cluster'), limit: limits.clusters },
    workers: { used: held.reduce((sum, { workers }) => sum + workers, 0), limit: limits.workers },
    sessions: { used: count('session'), limit: limits.sessions },
    sparkJobs: { used: count('sparkJob'), limit: limits.sparkJobs },
    sshKeys: { used: count('sshKey'), limit: limits.sshKeys },
  };
};

const budgetOf = (limits: Budgets, account: BudgetAccount, month: Month): PersonForAdmins['budget'] => {
  const limit = limitOf(limits, account.id, month);
  const used = usedIn(account, month);
  return limit === null ? null : { limit, used, level: levelOf(used, limit) };
};

/** What a page reads once. */
interface Shown {
  readonly month: Month;
  readonly usageOf: (ownerId: string) => Promise<readonly DayUsage[]>;
  readonly budgets: Budgets;
  readonly rules: QuotaRules;
}

/** Everyone who has signed in. What each uses is read for the people of the page alone. */
export const listPeople = ({ people, reservations, usage, accounts, clock, ...limits }: ListPeopleDependencies) => {
  const toView = async (person: PersonRecord, { month, usageOf, budgets, rules }: Shown): Promise<PersonForAdmins> => {
    const { id, username, email, groups, firstSeenAt, lastSeenAt, departure } = person;
    const [held, used, account] = await Promise.all([
      reservations.of(id),
      usageOf(id),
      accounts.get(personAccount(id)),
    ]);
    return {
      id,
      username,
      email,
      groups: [...groups],
      firstSeenAt,
      lastSeenAt,
      modifiedAt: departure?.at ?? lastSeenAt,
      isDisabled: hasLeft(person),
      departure: departure === null ? null : { reason: departure.reason, at: departure.at },
      spend: { month, total: sumOfDays(used).cost, currency: CURRENCY },
      budget: budgetOf(budgets, account, month),
      quotas: quotasIn(person, held, rules),
    };
  };

  return async ({ group, status, ...request }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const isWanted = (person: PersonRecord): boolean =>
      (group === undefined || person.groups.includes(group)) &&
      (status === 'all' || hasLeft(person) === (status === 'left'));
    // Filtered pages are no whole ones: the list is then put together anew, as for a search.
    const isFiltered = group !== undefined || status !== 'all';
    const sort = request.sort ?? (isFiltered ? SEARCHABLE.byDefault : undefined);
    const month = monthOf(clock.now());
    const listed = searchedPage(
      async (part) => {
        const { items, cursor } = await people.list(part);
        return { items: items.filter(isWanted), cursor };
      },
      { ...request, sort },
      SEARCHABLE,
    );
    const [page, { ofPerson: usageOf }, budgets, rules] = await Promise.all([
      listed,
      usage(...daysOfMonth(month)),
      limits.budgets(),
      limits.quotaRules(),
    ]);
    const shown = { month, usageOf, budgets, rules };
    return { ...page, items: await Promise.all(page.items.map((person) => toView(person, shown))) };
  };
};
