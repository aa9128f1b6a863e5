import { accountsOf, personAccount, type BudgetAccountId, type Budgets } from '../../shared/domain/budget.ts';
import { budgetExceeded, roomFor, type BudgetAccount, type BudgetHold } from '../../shared/domain/budget-account.ts';
import { noticeFor, ADMINS } from '../../shared/domain/budget-notice.ts';
import { AwsFailed, AwsThrottled, StaleWrite } from '../../shared/domain/errors.ts';
import type { ByMonth } from '../../shared/domain/month.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { BudgetAccounts, Held } from '../ports/budget-accounts.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';

interface BudgetCommitmentsDependencies {
  readonly accounts: BudgetAccounts;
  readonly notices: Pick<BudgetNotices, 'add'>;
  /** The limits of now. */
  readonly budgets: () => Promise<Budgets>;
  readonly clock: Clock;
}

/** What is to be counted until it has ended. */
export type Wanted = Omit<BudgetHold, 'heldAt' | 'accounts'>;

/** Whose budgets something counts in. */
export type Charged = Pick<Person, 'id' | 'username' | 'email' | 'groups'>;

/** Takes a commitment back, as if it had not been made. Never fails: what could not be taken back, the sweep settles. */
export type TakeBack = () => Promise<void>;

/** Holds people, their groups and everybody together to their budgets: what is launched counts with what it will have cost, until it has ended. */
export interface BudgetCommitments {
  /**
   * To be called before the workload is written or extended. Committing the same again counts once.
   * @param owner whose workload it is
   * @throws BudgetExceeded: nothing is counted then; StaleWrite, AwsThrottled, AwsFailed
   */
  commit(owner: Charged, wanted: Wanted): Promise<TakeBack>;
  /**
   * Counts what was billed from now on. Never fails: what could not be settled, the sweep settles.
   * @param billed empty where it was never launched
   */
  settle(ownerId: string, hold: Pick<BudgetHold, 'kind' | 'id'>, billed: ByMonth): Promise<void>;
}

const passes = (error: unknown): boolean =>
  error instanceof AwsThrottled || error instanceof AwsFailed || error instanceof StaleWrite;

const isSame =
  (wanted: Pick<BudgetHold, 'kind' | 'id'>) =>
  ({ kind, id }: BudgetHold): boolean =>
    kind === wanted.kind && id === wanted.id;

export const budgetCommitments = ({
  accounts,
  notices,
  budgets,
  clock,
}: BudgetCommitmentsDependencies): BudgetCommitments => {
  const tell = async (limits: Budgets, owner: Charged, account: BudgetAccount, isRefused: boolean): Promise<void> => {
    const to = account.id === personAccount(owner.id) ? owner : ADMINS;
    const notice = noticeFor(limits, account, { to, isRefused, now: clock.now() });
    if (notice !== null) await notices.add(notice);
  };

  /** It goes on counting in the accounts of before, where the owner's groups have changed since. */
  const holdOf = async (owner: Charged, wanted: Wanted): Promise<BudgetHold> => {
    const own = await accounts.get(personAccount(owner.id));
    const before = own.holds.find(isSame(wanted))?.accounts ?? [];
    return { ...wanted, heldAt: clock.now(), accounts: [...new Set([...accountsOf(owner).slice(1), ...before])] };
  };

  const logged = async (what: string, evidence: object, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      if (!passes(error)) throw error;
      logger.warn(`${what}; the sweep settles it`, { ...evidence, error });
    }
  };

  return {
    async commit(owner, wanted) {
      const limits = await budgets();
      const hold = await holdOf(owner, wanted);
      const made: { id: BudgetAccountId; before: Held | null }[] = [];
      // The person's own account is the first in and the last out: while it has the hold, the sweep finds the others.
      const takeBack: TakeBack = async () => {
        for (const { id, before } of made.toReversed()) {
          const evidence = { ownerId: owner.id, account: id, kind: wanted.kind, workload: wanted.id };
          await logged('A budget hold could not be taken back', evidence, () => accounts.takeBack(id, hold, before));
        }
      };
      try {
        for (const id of [personAccount(owner.id), ...hold.accounts]) {
          const { isHeld, before, account, added } = await accounts.hold(id, hold, (more) => roomFor(limits, id, more));
          if (isHeld) made.push({ id, before });
          await tell(limits, owner, account, !isHeld);
          if (!isHeld) throw budgetExceeded(limits, { account, owner, added });
        }
      } catch (error) {
        await takeBack();
        throw error;
      }
      return takeBack;
    },

    settle: (ownerId, hold, billed) =>
      logged('A budget hold could not be settled', { ownerId, ...hold }, async () => {
        const own = await accounts.get(personAccount(ownerId));
        const known = own.holds.find(isSame(hold));
        if (known === undefined) return;
        for (const id of known.accounts) await accounts.settle(id, hold, billed);
        await accounts.settle(own.id, hold, billed);
      }),
  };
};
