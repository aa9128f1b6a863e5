import { addedUp, sumOfDays, type DayUsage } from '../../shared/domain/usage-report.ts';
import type { QuietPorts } from './ports.ts';

const sumText = (days: readonly DayUsage[]): string => JSON.stringify(sumOfDays(days));

/** Where the sums of a day are valid, they are what its items add up to. */
export const usageChecks = async (
  { usage, usageSums }: Pick<QuietPorts, 'usage' | 'usageSums'>,
  violated: (what: string) => void,
): Promise<void> => {
  const summed = (await usageSums.ofEverybody('0000-01', '9999-12')).flatMap(({ days }) => days);
  for (const { day, summedAt } of await usageSums.days('0000-01-01', '9999-12-31')) {
    if (summedAt === null) continue;
    const [sums, items] = [
      sumText(summed.filter((known) => known.day === day)),
      sumText(addedUp(await usage.ofEverybody(day, day))),
    ];
    if (sums !== items) violated(`The sums of ${day} are ${sums}, its items ${items}`);
  }
};
