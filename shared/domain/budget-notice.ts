import { levelOf, limitOf, type BudgetAccountId, type Budgets } from './budget.ts';
import { usedIn, type BudgetAccount } from './budget-account.ts';
import type { Instant } from './instant.ts';
import type { OutboxMail } from './mail.ts';
import { monthOf } from './month.ts';

/** From this level on, one mail a month. */
export type NoticeLevel = 'warning' | 'exceeded';

/** That a budget reached a level in a month, or what runs a cost an hour on a day: made once, with the mail that says so. */
export interface BudgetNotice {
  readonly account: BudgetAccountId | 'hourly-cost';
  /** A month; of the cost an hour, a day. */
  readonly period: string;
  readonly level: NoticeLevel;
  readonly outbox: readonly OutboxMail[];
  readonly version: number;
}

/** Who is told: the person; of sums, the admins. */
export interface Addressee {
  readonly username: string;
  readonly email: string;
}

/** Their addresses are looked up when the mail is sent. */
export const ADMINS: Addressee = { username: '', email: '' };

/** The notice that an account needs now; null: none. What is refused for lack of room has exceeded the budget, too. */
export const noticeFor = (
  budgets: Budgets,
  account: BudgetAccount,
  { to, isRefused, now }: { readonly to: Addressee; readonly isRefused: boolean; readonly now: Instant },
): BudgetNotice | null => {
  const month = monthOf(now);
  const limit = limitOf(budgets, account.id, month);
  if (limit === null) return null;
  const used = usedIn(account, month);
  const level = isRefused ? 'exceeded' : levelOf(used, limit);
  if (level === 'ok') return null;
  const mail: OutboxMail = {
    id: `budget-${level}-${account.id}-${month}`,
    kind: 'budget-used',
    to: to.email,
    since: now,
    values: { account: account.id, owner: to.username, month, limit, used, level },
  };
  return { account: account.id, period: month, level, outbox: [mail], version: 1 };
};

/** That everything together costs as much an hour as admins are to be told. */
export const hourlyCostNotice = ({
  hourly,
  limit,
  now,
}: {
  readonly hourly: number;
  readonly limit: number;
  readonly now: Instant;
}): BudgetNotice => {
  const period = now.slice(0, 10);
  const values = { hourly, limit };
  const mail: OutboxMail = { id: `hourly-cost-${period}`, kind: 'hourly-cost', to: ADMINS.email, since: now, values };
  return { account: 'hourly-cost', period, level: 'exceeded', outbox: [mail], version: 1 };
};
