import type { BudgetNotice } from '../../shared/domain/budget-notice.ts';

/** Notices that budgets reached a level: at most one for each account, month and level. */
export interface BudgetNotices {
  /** @returns false where there is one already */
  add(notice: BudgetNotice): Promise<boolean>;
  /** @throws NotFound, StaleWrite */
  change(
    id: Pick<BudgetNotice, 'account' | 'period' | 'level'>,
    change: (notice: BudgetNotice) => BudgetNotice,
  ): Promise<BudgetNotice>;
  withUnsentMail(): Promise<readonly BudgetNotice[]>;
}
