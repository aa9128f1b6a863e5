import type { Month } from './month.ts';

/** A limit of one person for the rest of a month, set by an admin. */
export interface BudgetOverride {
  /** The only month in which it counts. */
  readonly month: Month;
  /** US dollars; null: no limit of their own. */
  readonly limit: number | null;
  readonly reason: string;
}

/** Limits in US dollars a calendar month (UTC); null or missing: none. */
export interface Budgets {
  /** For the sum of all people. */
  readonly everyone: number | null;
  /** For each person who has no entry of their own. */
  readonly eachPerson: number | null;
  /** For the sum of a group's members, by the group's name. */
  readonly groups: Readonly<Record<string, number>>;
  /** By the person's id; null: none, whatever `eachPerson` says. */
  readonly people: Readonly<Record<string, number | null>>;
  /** By the person's id. */
  readonly overrides: Readonly<Record<string, BudgetOverride>>;
}

export const NO_BUDGETS: Budgets = { everyone: null, eachPerson: null, groups: {}, people: {}, overrides: {} };

/** Whose sum a budget limits. */
export type BudgetAccountId = 'everyone' | `person#${string}` | `group#${string}`;

export const personAccount = (id: string): BudgetAccountId => `person#${id}`;

/** Everything that one person's launch counts in, their own account first. */
export const accountsOf = ({
  id,
  groups,
}: {
  readonly id: string;
  readonly groups: readonly string[];
}): readonly BudgetAccountId[] => [
  personAccount(id),
  ...[...new Set(groups)].toSorted().map((name) => `group#${name}` as const),
  'everyone',
];

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const personLimit = ({ eachPerson, people, overrides }: Budgets, id: string, month: Month): number | null => {
  const override = own(overrides, id);
  if (override?.month === month) return override.limit;
  const named = own(people, id);
  return named === undefined ? eachPerson : named;
};

/** The limit of an account in a month; null: none. */
export const limitOf = (budgets: Budgets, account: BudgetAccountId, month: Month): number | null => {
  if (account === 'everyone') return budgets.everyone;
  const name = account.slice(account.indexOf('#') + 1);
  return account.startsWith('person#') ? personLimit(budgets, name, month) : (own(budgets.groups, name) ?? null);
};

/** From this share of the limit on, people are warned. */
const WARNING_SHARE = 0.8;

export const BUDGET_LEVELS = ['ok', 'warning', 'exceeded'] as const;
export type BudgetLevel = (typeof BUDGET_LEVELS)[number];

export const levelOf = (used: number, limit: number): BudgetLevel => {
  if (used >= limit) return 'exceeded';
  return used >= limit * WARNING_SHARE ? 'warning' : 'ok';
};
