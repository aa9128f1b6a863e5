import { plusHours, plusMinutes, type Instant } from './instant.ts';
import type { Month } from './month.ts';
import { dayOf, midnightAfter, type Day, type Usage } from './usage.ts';
import { addedUp, type DayUsage } from './usage-report.ts';

/**
 * Whether the usage of a day is in the sums of people's months. A change of a closed day is recorded here before it is written; the day
 * is then summed up again.
 */
export interface UsageDay {
  readonly day: Day;
  /** When a change was last recorded after the day was closed. */
  readonly changedAt: Instant | null;
  /** Null: its sums are missing or invalid. */
  readonly summedAt: Instant | null;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

/** What one person used in a month, by day and kind, of the days that are summed up. */
export interface UsageMonth {
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly month: Month;
  readonly days: readonly DayUsage[];
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export const noUsageDay = (day: Day): UsageDay => ({ day, changedAt: null, summedAt: null, version: 1 });

export const noUsageMonth = ({ ownerId, month }: Pick<UsageMonth, 'ownerId' | 'month'>, owner: string): UsageMonth => ({
  ownerId,
  owner,
  month,
  days: [],
  version: 1,
});

/** After midnight, so that what is added up of a day's last minutes is no late change. */
const CLOSED_HOURS = 2;

/** Longer than the functions run that write, one after the other, what they decided before, and than an index lags. */
const SETTLED_HOURS = 1;

/** Longer than an index lags behind the sums that were written to the table. */
const SHOWN_MINUTES = 10;

/** What one task sums up, a month at the rate of a thousand people. */
export const MOST_DAYS_AT_ONCE = 31;

const closedAt = (day: Day): Instant => plusHours(midnightAfter(day), CLOSED_HOURS);

/** Whether a change of the day is late: recorded before it is written. */
export const isClosed = (day: Day, now: Instant): boolean => now >= closedAt(day);

/** Whether all changes of the day are written and in the index, and its sums are missing or invalid. */
export const isToBeSummedUp = ({ day, changedAt, summedAt }: UsageDay, now: Instant): boolean => {
  const last = changedAt === null || changedAt < closedAt(day) ? closedAt(day) : changedAt;
  return summedAt === null && now >= plusHours(last, SETTLED_HOURS);
};

/** The day with a late change of its usage, which invalidates its sums. */
export const changedLate = (day: UsageDay, now: Instant): UsageDay => ({ ...day, changedAt: now, summedAt: null });

/** The day with its sums, which were read when it had last changed at `changedAt`; the same object where it has changed since. */
export const summedUp = (day: UsageDay, changedAt: Instant | null, now: Instant): UsageDay =>
  day.changedAt === changedAt ? { ...day, summedAt: now } : day;

/** Those whose sums are valid. */
export const daysSummedUp = (days: readonly UsageDay[], now: Instant): ReadonlySet<Day> =>
  new Set(
    days
      .filter(({ summedAt }) => summedAt !== null && plusMinutes(summedAt, SHOWN_MINUTES) <= now)
      .map(({ day }) => day),
  );

/** The month with what its person used on a day; the same object where it has that. */
export const withDay = (month: UsageMonth, owner: string, day: Day, used: readonly DayUsage[]): UsageMonth => {
  const days = [...month.days.filter((known) => known.day !== day), ...used.map((usage) => ({ ...usage, owner }))];
  days.sort((a, b) => (`${a.day} ${a.kind}` < `${b.day} ${b.kind}` ? -1 : 1));
  const isSame = month.owner === owner && JSON.stringify(days) === JSON.stringify(month.days);
  return isSame ? month : { ...month, owner, days };
};

/** Whether both add up to the same: versions of entries do not count. */
export const isSameSum = (usage: Usage, other: Usage): boolean =>
  JSON.stringify(addedUp([usage])) === JSON.stringify(addedUp([other]));

export type Span = readonly [from: Day, to: Day];

export const dayAfter = (day: Day): Day => dayOf(midnightAfter(day));

/** Both included. */
export const daysOf = ([from, to]: Span): readonly Day[] => {
  const days: Day[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return days;
};

/** The days of a span but some, as spans. */
export const spansWithout = (days: ReadonlySet<Day>, span: Span): readonly Span[] => {
  const spans: [Day, Day][] = [];
  for (const day of daysOf(span)) {
    if (days.has(day)) continue;
    const last = spans.at(-1);
    if (last !== undefined && dayAfter(last[1]) === day) last[1] = day;
    else spans.push([day, day]);
  }
  return spans;
};
