import { budgetCommitments } from '../../functions/access/budget-commitments.ts';
import { budgetOf, foreseeBudget } from '../../functions/access/budget-of.ts';
import { chargedOwner } from '../../functions/access/charged-owner.ts';
import { currentBudgets } from '../../functions/access/current-budgets.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import { NO_BUDGETS, type Budgets } from '../../shared/domain/budget.ts';
import { fakeBudgetAccounts } from './fake-budget-accounts.ts';
import { fakeBudgetNotices } from './fake-budget-notices.ts';
import { fakeDocuments } from './fake-documents.ts';
import { fakePersonRepository } from './fake-person-repository.ts';

/** Budgets over fakes, without a limit until one is set. */
export const budgetWorld = (clock: Clock) => {
  const budgetAccounts = fakeBudgetAccounts();
  const { notices: budgetNotices, all: allNotices } = fakeBudgetNotices();
  const documents = fakeDocuments();
  const people = fakePersonRepository();
  return {
    budgetAccounts,
    budgetNotices,
    allNotices,
    documents,
    people,
    budgets: budgetCommitments({
      accounts: budgetAccounts,
      notices: budgetNotices,
      budgets: currentBudgets(documents),
      clock,
    }),
    chargedOwner: chargedOwner({ people }),
    budgetOf: budgetOf({ accounts: budgetAccounts, budgets: currentBudgets(documents), clock }),
    foresee: foreseeBudget({ accounts: budgetAccounts, budgets: currentBudgets(documents), clock }),
    setBudgets: async (limits: Partial<Budgets>): Promise<void> => {
      const version = ((await documents.newest('budgets'))?.version ?? 0) + 1;
      const by = { changedAt: clock.now(), changedBy: 'admin', changedById: 'sub-admin' };
      await documents.add({ name: 'budgets', version, content: { ...NO_BUDGETS, ...limits }, ...by });
    },
    /** What a person has used of a month, with what is held. */
    used: async (id: string, month = '2026-11'): Promise<number> =>
      (await budgetAccounts.get(`person#${id}`)).used[month] ?? 0,
  };
};
