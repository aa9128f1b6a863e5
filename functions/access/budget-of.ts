import type { BudgetEffect, BudgetView } from '../../shared/contract/budget-views.ts';
import { accountsOf, levelOf, limitOf, personAccount, type Budgets } from '../../shared/domain/budget.ts';
import { budgetExceeded, heldDollars, roomFor, usedIn } from '../../shared/domain/budget-account.ts';
import { roundedDollars } from '../../shared/domain/cost.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { monthOf } from '../../shared/domain/month.ts';
import type { BudgetAccounts } from '../ports/budget-accounts.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Charged } from './budget-commitments.ts';

interface BudgetOfDependencies {
  readonly accounts: Pick<BudgetAccounts, 'get'>;
  readonly budgets: () => Promise<Budgets>;
  readonly clock: Clock;
}

export type BudgetOf = (person: Pick<Charged, 'id'>) => Promise<BudgetView | null>;

/** A person's own budget of the present month; null: none. */
export const budgetOf =
  ({ accounts, budgets, clock }: BudgetOfDependencies): BudgetOf =>
  async ({ id }) => {
    const month = monthOf(clock.now());
    const limit = limitOf(await budgets(), personAccount(id), month);
    if (limit === null) return null;
    const used = roundedDollars(usedIn(await accounts.get(personAccount(id)), month));
    return { limit, used, level: levelOf(used, limit) };
  };

export type ForeseeBudget = (owner: Charged, planned: { hourly: number; hours: number }) => Promise<BudgetEffect>;

/** What a launch of this moment would do to the budgets of its owner. Nothing is counted. */
export const foreseeBudget =
  ({ accounts, budgets, clock }: BudgetOfDependencies): ForeseeBudget =>
  async (owner, { hourly, hours }) => {
    const now = clock.now();
    const limits = await budgets();
    const added = heldDollars({ hourly, since: now, until: plusHours(now, hours) });
    const known = await Promise.all(accountsOf(owner).map((id) => accounts.get(id)));
    const full = known.find((account) =>
      Object.entries(roomFor(limits, account.id, added)).some(([month, room]) => usedIn(account, month) > room),
    );
    const own = known.find(({ id }) => id === personAccount(owner.id));
    const month = monthOf(now);
    return {
      limit: limitOf(limits, personAccount(owner.id), month),
      used: own === undefined ? 0 : roundedDollars(usedIn(own, month)),
      added: roundedDollars(Object.values(added).reduce((sum, dollars) => sum + dollars, 0)),
      refusal: full === undefined ? null : budgetExceeded(limits, { account: full, owner, added }).message,
    };
  };
