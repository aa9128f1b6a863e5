import { costBetween } from './cost.ts';
import { plusMinutes, toInstant, type Instant } from './instant.ts';

/** A calendar month in UTC, `2026-11`. */
export type Month = string;

export const monthOf = (instant: Instant): Month => instant.slice(0, 7);

const firstOf = (month: Month, later: number): Instant => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return toInstant(Date.UTC(year, number - 1 + later, 1));
};

/** The first moment of a month, and that of the next. */
export const boundsOf = (month: Month): { readonly from: Instant; readonly to: Instant } => ({
  from: firstOf(month, 0),
  to: firstOf(month, 1),
});

/** The first and the last day of a month, as `2026-11-01`. */
export const daysOfMonth = (month: Month): readonly [first: string, last: string] => [
  `${month}-01`,
  plusMinutes(boundsOf(month).to, -1).slice(0, 10),
];

/** US dollars by month, in order. */
export type ByMonth = Readonly<Record<Month, number>>;

/** An amount without the noise of binary fractions; amounts are kept to a millionth of a dollar. */
const exact = (dollars: number): number => Math.round(dollars * 1e6) / 1e6;

/**
 * What a time costs, by month. Each month is the difference of what was billed up to its ends, so that months add up to the cost of the whole. The minute
 * that AWS bills at least is in the month of the start.
 * @param total US dollars, where AWS says what it billed
 */
export const costByMonth = (
  hourly: number,
  since: Instant,
  until: Instant,
  total: number = costBetween(hourly, since, until),
): ByMonth => {
  const months: Record<Month, number> = {};
  let before = 0;
  for (let month = monthOf(since); ; month = monthOf(boundsOf(month).to)) {
    const { to } = boundsOf(month);
    const isLast = until <= to;
    const upTo = isLast ? total : Math.min(costBetween(hourly, since, to), total);
    months[month] = exact(upTo - before);
    before = upTo;
    if (isLast) return months;
  }
};

/** Each month of either, the second subtracted from the first. */
export const differenceByMonth = (after: ByMonth, before: ByMonth): ByMonth =>
  Object.fromEntries(
    [...new Set([...Object.keys(after), ...Object.keys(before)])]
      .toSorted()
      .map((month) => [month, exact((after[month] ?? 0) - (before[month] ?? 0))] as const),
  );
