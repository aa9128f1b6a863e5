import { monthOf } from '../../shared/domain/month.ts';
import { dayOf, type Day } from '../../shared/domain/usage.ts';
import { addedUp } from '../../shared/domain/usage-report.ts';
import {
  daysOf,
  isToBeSummedUp,
  MOST_DAYS_AT_ONCE,
  noUsageDay,
  summedUp,
  withDay,
  type UsageDay,
} from '../../shared/domain/usage-sums.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { UsageSums } from '../ports/usage-sums.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface SumUpUsageDependencies {
  readonly usage: Pick<UsageRepository, 'ofEverybody' | 'firstDay'>;
  readonly sums: Pick<UsageSums, 'days' | 'changeDay' | 'changeMonth'>;
  readonly clock: Clock;
}

/**
 * Sums up the usage of days that are over, and again that of days that have changed since, into an item for each person and month, the
 * newest days first. A day counts as summed up once the months of all its people have it, so that a repetition finishes what was stopped.
 * @throws SweepFailed
 */
export const sumUpUsage = ({ usage, sums, clock }: SumUpUsageDependencies): Task => {
  const sumUp = async ({ day, changedAt }: UsageDay): Promise<void> => {
    const people = Map.groupBy(addedUp(await usage.ofEverybody(day, day)), ({ ownerId }) => ownerId);
    for (const [ownerId, used] of people) {
      const owner = used[0]?.owner ?? '';
      await sums.changeMonth({ ownerId, month: monthOf(day) }, owner, (month) => withDay(month, owner, day, used));
    }
    await sums.changeDay(day, (known) => summedUp(known, changedAt, clock.now()));
  };

  const dueDays = async (first: Day, now: string): Promise<readonly UsageDay[]> => {
    const all = [first, dayOf(now)] as const;
    const known = new Map((await sums.days(...all)).map((day) => [day.day, day]));
    return daysOf(all)
      .map((day) => known.get(day) ?? noUsageDay(day))
      .filter((day) => isToBeSummedUp(day, now))
      .toReversed()
      .slice(0, MOST_DAYS_AT_ONCE);
  };

  return async () => {
    const first = await usage.firstDay();
    return sweep({
      what: 'sum up the usage of a day',
      items: first === null ? [] : await dueDays(first, clock.now()),
      evidence: ({ day }) => ({ day }),
      act: sumUp,
    });
  };
};
