import type { BudgetAccountId } from '../../shared/domain/budget.ts';
import type { BudgetAccount, BudgetHold } from '../../shared/domain/budget-account.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ByMonth } from '../../shared/domain/month.ts';

/** What an account keeps of a hold. */
export interface Held {
  readonly until: Instant;
  /** US dollars by month. */
  readonly dollars: ByMonth;
  /** The whole, only in a person's own account, from which the sweep finds the others. */
  readonly hold?: BudgetHold;
}

export interface HoldAnswer {
  readonly isHeld: boolean;
  /** What it replaced, or would have replaced. */
  readonly before: Held | null;
  /** The account after it; where there was no room, as it is without it. */
  readonly account: BudgetAccount;
  /** US dollars that it adds, or would add. */
  readonly added: ByMonth;
}

/** What was spent and is held of budgets. Every operation is one atomic write of one item, and repeating it changes nothing. */
export interface BudgetAccounts {
  /** An account that has nothing yet is empty. */
  get(id: BudgetAccountId): Promise<BudgetAccount>;
  /**
   * Adds a hold, or replaces the one of the same workload, if the account has room.
   * @param roomFor the most that may be used by month for what is added; a month left out has no limit
   * @throws StaleWrite where others changed the same hold every time
   */
  hold(id: BudgetAccountId, hold: BudgetHold, roomFor: (added: ByMonth) => ByMonth): Promise<HoldAnswer>;
  /** Puts back what a hold replaced, unless the hold was changed or settled since. */
  takeBack(id: BudgetAccountId, hold: BudgetHold, before: Held | null): Promise<void>;
  /**
   * Replaces a hold by what was billed. Without the hold, nothing changes.
   * @throws StaleWrite
   */
  settle(id: BudgetAccountId, hold: Pick<BudgetHold, 'kind' | 'id'>, billed: ByMonth): Promise<BudgetAccount>;
  /** The accounts of people who have launched something. */
  ofPeople(): Promise<readonly BudgetAccount[]>;
}
