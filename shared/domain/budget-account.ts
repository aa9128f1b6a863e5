import { limitOf, personAccount, type BudgetAccountId, type Budgets } from './budget.ts';
import type { Expiring } from './expiring.ts';
import { BudgetExceeded } from './errors.ts';
import type { Instant } from './instant.ts';
import type { Workload } from './workload.ts';
import { costByMonth, differenceByMonth, type ByMonth, type Month } from './month.ts';

export const HOLD_KINDS = ['cluster', 'session', 'run'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** What one workload is counted with in a person's budget until it has ended. */
export interface BudgetHold {
  readonly kind: HoldKind;
  /** The id of a cluster or session; the run token that a run was planned with, which its id ends with. */
  readonly id: string;
  /** The job of a run. */
  readonly job: { readonly id: string; readonly identifier: string } | null;
  readonly hourly: number;
  readonly since: Instant;
  /** Up to when it is counted: the expiry of a cluster or session, the usual end of a run. */
  readonly until: Instant;
  readonly heldAt: Instant;
  /** The other accounts in which it counts. */
  readonly accounts: readonly BudgetAccountId[];
}

/** What was spent and is held, of a person, a group or everybody. */
export interface BudgetAccount {
  readonly id: BudgetAccountId;
  /** US dollars: of what has ended, as billed, and of what is held, as it will have cost. */
  readonly used: ByMonth;
  /** Only in a person's account. */
  readonly holds: readonly BudgetHold[];
}

export const usedIn = ({ used }: Pick<BudgetAccount, 'used'>, month: Month): number => used[month] ?? 0;

export const heldDollars = ({ hourly, since, until }: Pick<BudgetHold, 'hourly' | 'since' | 'until'>): ByMonth =>
  costByMonth(hourly, since, until);

/** Whose budget it is, as a sentence names it. */
const nounOf = (account: BudgetAccountId, owner: Charged['owner']): string => {
  if (account === 'everyone') return 'The budget of the whole portal';
  return account === personAccount(owner.id)
    ? `The budget of ${owner.username}`
    : `The budget of the group ${account.slice('group#'.length)}`;
};

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const monthName = (month: Month): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-01`));

/** What a cluster or session counts with until it has ended: all of its lifetime. */
export const lifetimeHold = (
  kind: 'cluster' | 'session',
  {
    id,
    createdAt,
    expiresAt,
    workload,
  }: Pick<Expiring, 'id' | 'createdAt' | 'expiresAt'> & { readonly workload: Pick<Workload, 'rate' | 'startedAt'> },
): Omit<BudgetHold, 'heldAt' | 'accounts'> => ({
  kind,
  id,
  job: null,
  hourly: workload.rate.hourly,
  since: workload.startedAt ?? createdAt,
  until: expiresAt,
});

/** What a workload was billed for, by month; empty where EMR never took it. */
export const billedDollars = ({ rate, startedAt, finishedAt, billed }: Workload): ByMonth =>
  startedAt === null ? {} : costByMonth(rate.hourly, startedAt, finishedAt ?? startedAt, billed ?? undefined);

interface Charged {
  readonly account: BudgetAccount;
  /** Whose workload it is. */
  readonly owner: { readonly id: string; readonly username: string };
  /** What it adds to the account, by month. */
  readonly added: ByMonth;
}

/**
 * The most that an account may have used, by month, for what is added to fit. Months without a limit are left out, and so are those to which nothing is
 * added, since a budget may have been lowered below what is used.
 */
export const roomFor = (budgets: Budgets, account: BudgetAccountId, added: ByMonth): ByMonth =>
  Object.fromEntries(
    Object.entries(added).flatMap(([month, amount]) => {
      const limit = limitOf(budgets, account, month);
      return limit === null || amount <= 0 ? [] : [[month, differenceByMonth({ [month]: limit }, added)[month] ?? 0]];
    }),
  );

/** The refusal of what an account has no room for. */
export const budgetExceeded = (budgets: Budgets, { account, owner, added }: Charged): BudgetExceeded => {
  const full = Object.entries(roomFor(budgets, account.id, added)).find(
    ([month, room]) => usedIn(account, month) > room,
  );
  const [month = ''] = full ?? [];
  const [limit, used, wanted] = [limitOf(budgets, account.id, month) ?? 0, usedIn(account, month), added[month] ?? 0];
  return new BudgetExceeded(
    `${nounOf(account.id, owner)} is ${dollars(limit)} for ${monthName(month)}. ${dollars(used)} are used, where what runs counts until its end, ` +
      `and this would add ${dollars(wanted)}. Choose a smaller or shorter one, terminate something, or ask an administrator of the portal to raise the budget.`,
    { account: account.id, month, limit, used, wanted },
  );
};
