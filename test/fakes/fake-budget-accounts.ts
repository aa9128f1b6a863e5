import type { BudgetAccounts } from '../../functions/ports/budget-accounts.ts';
import type { BudgetAccountId } from '../../shared/domain/budget.ts';
import { heldDollars, usedIn, type BudgetAccount, type BudgetHold } from '../../shared/domain/budget-account.ts';
import { differenceByMonth, type ByMonth } from '../../shared/domain/month.ts';

const isSame = (a: Pick<BudgetHold, 'kind' | 'id'>, b: BudgetHold): boolean => a.kind === b.kind && a.id === b.id;

const plus = (used: ByMonth, added: ByMonth): ByMonth =>
  differenceByMonth(used, Object.fromEntries(Object.entries(added).map(([month, dollars]) => [month, -dollars])));

export const fakeBudgetAccounts = (): BudgetAccounts => {
  const known = new Map<BudgetAccountId, BudgetAccount>();
  const accountOf = (id: BudgetAccountId): BudgetAccount => known.get(id) ?? { id, used: {}, holds: [] };
  const shown = (account: BudgetAccount): BudgetAccount =>
    account.id.startsWith('person#') ? account : { ...account, holds: [] };
  const keep = (account: BudgetAccount): BudgetAccount => {
    known.set(account.id, account);
    return shown(account);
  };
  return {
    get: async (id) => shown(accountOf(id)),
    async hold(id, hold, roomFor) {
      const account = accountOf(id);
      const before = account.holds.find((held) => isSame(hold, held));
      const added = differenceByMonth(heldDollars(hold), before === undefined ? {} : heldDollars(before));
      const isFull = Object.entries(roomFor(added)).some(([month, most]) => usedIn(account, month) > most);
      const replaced =
        before === undefined ? null : { until: before.until, dollars: heldDollars(before), hold: before };
      if (isFull) return { isHeld: false, before: replaced, account: shown(account), added };
      const holds = [...account.holds.filter((held) => !isSame(hold, held)), hold];
      return {
        isHeld: true,
        before: replaced,
        account: keep({ ...account, used: plus(account.used, added), holds }),
        added,
      };
    },
    async takeBack(id, hold, before) {
      const account = accountOf(id);
      const held = account.holds.find((one) => isSame(hold, one));
      if (held?.until !== hold.until) return;
      const holds = account.holds.filter((one) => one !== held);
      const added = differenceByMonth(before?.dollars ?? {}, heldDollars(held));
      keep({
        ...account,
        used: plus(account.used, added),
        holds: before === null ? holds : [...holds, { ...held, until: before.until }],
      });
    },
    async settle(id, hold, billed) {
      const account = accountOf(id);
      const before = account.holds.find((held) => isSame(hold, held));
      if (before === undefined) return shown(account);
      const added = differenceByMonth(billed, heldDollars(before));
      const holds = account.holds.filter((held) => held !== before);
      return keep({ ...account, used: plus(account.used, added), holds });
    },
    ofPeople: async () => [...known.values()].filter(({ id }) => id.startsWith('person#')),
  };
};
