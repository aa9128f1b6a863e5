import { changedLate, isClosed, isSameSum } from '../../shared/domain/usage-sums.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { UsageSums } from '../ports/usage-sums.ts';
import type { Clock } from '../runtime/clock.ts';

interface LateUsageDependencies {
  readonly usage: Pick<UsageRepository, 'change'>;
  readonly sums: Pick<UsageSums, 'changeDay'>;
  readonly clock: Clock;
}

/**
 * Changes usage. Where that alters the sums of a closed day, they are invalidated first. A crash in between is harmless: the day is
 * summed up again an hour later.
 */
export const lateUsage =
  ({ usage, sums, clock }: LateUsageDependencies): UsageRepository['change'] =>
  async (key, owner, change) => {
    if (!isClosed(key.day, clock.now())) return usage.change(key, owner, change);
    let isLate = false;
    const known = await usage.change(key, owner, (current) => {
      const next = change(current);
      isLate = !isSameSum(current, next);
      return isLate ? current : next;
    });
    if (!isLate) return known;
    await sums.changeDay(key.day, (day) => changedLate(day, clock.now()));
    return usage.change(key, owner, change);
  };
