import { monthOf } from '../../shared/domain/month.ts';
import type { Day } from '../../shared/domain/usage.ts';
import { addedUp, type DayUsage } from '../../shared/domain/usage-report.ts';
import { daysSummedUp, spansWithout, type Span, type UsageMonth } from '../../shared/domain/usage-sums.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { UsageSums } from '../ports/usage-sums.ts';
import type { Clock } from '../runtime/clock.ts';

interface SummedUsageDependencies {
  readonly usage: Pick<UsageRepository, 'ofPerson' | 'ofEverybody'>;
  readonly sums: Pick<UsageSums, 'days' | 'ofPerson' | 'ofEverybody'>;
  readonly clock: Clock;
}

/** Usage of some days by person, kind and day. */
interface UsageWithin {
  /** The days that are not summed up: usage of the others may be kept for as long as these are the same. */
  readonly open: readonly Span[];
  readonly ofPerson: (ownerId: string) => Promise<readonly DayUsage[]>;
  /** Of all people, the part that is summed up and the other one. */
  readonly summedOfEverybody: () => Promise<readonly DayUsage[]>;
  readonly openOfEverybody: () => Promise<readonly DayUsage[]>;
}

/** Usage of days, both included. Whether a day is summed up is read first, so that nothing is counted twice and nothing is left out. */
export type SummedUsage = (from: Day, to: Day) => Promise<UsageWithin>;

/**
 * Of days that are summed up, usage is read from the sums, an item for each person and month; of others from its own items, which are as
 * many as the runs.
 */
export const summedUsage =
  ({ usage, sums, clock }: SummedUsageDependencies): SummedUsage =>
  async (from, to) => {
    const summed = daysSummedUp(await sums.days(from, to), clock.now());
    const open = spansWithout(summed, [from, to]);
    const inMonths = async (
      read: (from: string, to: string) => Promise<readonly UsageMonth[]>,
    ): Promise<readonly DayUsage[]> => {
      if (summed.size === 0) return [];
      const months = await read(monthOf(from), monthOf(to));
      return months.flatMap(({ days }) => days.filter(({ day }) => summed.has(day)));
    };
    const openOf = async (read: UsageRepository['ofEverybody']): Promise<readonly DayUsage[]> =>
      addedUp((await Promise.all(open.map(([first, last]) => read(first, last)))).flat());
    return {
      open,
      async ofPerson(ownerId) {
        const parts = await Promise.all([
          inMonths((first, last) => sums.ofPerson(ownerId, first, last)),
          openOf((first, last) => usage.ofPerson(ownerId, first, last)),
        ]);
        return parts.flat();
      },
      summedOfEverybody: () => inMonths((first, last) => sums.ofEverybody(first, last)),
      openOfEverybody: () => openOf((first, last) => usage.ofEverybody(first, last)),
    };
  };
