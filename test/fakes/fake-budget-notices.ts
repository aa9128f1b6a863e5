import type { BudgetNotices } from '../../functions/ports/budget-notices.ts';
import type { BudgetNotice } from '../../shared/domain/budget-notice.ts';
import { NotFound } from '../../shared/domain/errors.ts';

const keyOf = ({ account, period, level }: Pick<BudgetNotice, 'account' | 'period' | 'level'>): string =>
  `${account}/${period}/${level}`;

export const fakeBudgetNotices = (): { notices: BudgetNotices; all: () => BudgetNotice[] } => {
  const known = new Map<string, BudgetNotice>();
  return {
    notices: {
      async add(notice) {
        if (known.has(keyOf(notice))) return false;
        known.set(keyOf(notice), notice);
        return true;
      },
      async change(id, change) {
        const notice = known.get(keyOf(id));
        if (notice === undefined) throw new NotFound('budget notice', keyOf(id));
        known.set(keyOf(id), change(notice));
        return change(notice);
      },
      withUnsentMail: async () => [...known.values()].filter(({ outbox }) => outbox.length > 0),
    },
    all: () => [...known.values()],
  };
};
