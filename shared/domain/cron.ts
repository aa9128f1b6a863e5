import { Cron } from 'croner';

import { cronFieldProblem } from './cron-fields.ts';
import { HOUR_MS } from './instant.ts';
import { momentsOf, wallTimeAt, type WallTime } from './time-zone.ts';

const FIELDS = 6;
type CronFields = readonly [string, string, string, string, string, string];

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * EventBridge counts weekdays from 1 = Sunday, the cron library from 0; what follows `#` is no weekday. The library reads
 * SUN-SUN as the whole week.
 */
const fromZero = (weekdays: string): string =>
  weekdays
    .replaceAll(/(?<!#)\d+/g, (day) => String(Number(day) - 1))
    .replaceAll(/[A-Z]{3}/g, (day) => String(DAYS.indexOf(day)));

const fieldsOf = (expression: string): readonly string[] => expression.trim().split(/\s+/);

/**
 * Reads EventBridge Scheduler's cron fields: minutes, hours, day of month, month, day of week, year
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based).
 * @returns the error message for the person; null if the expression is valid
 */
export const cronProblem = (expression: string): string | null => {
  const fields = fieldsOf(expression);
  if (fields.length !== FIELDS)
    return `A cron expression has six fields (minutes hours day-of-month month day-of-week year); this has ${fields.length}.`;
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return "Exactly one of day-of-month and day-of-week must be '?'.";
  return cronFieldProblem(fields);
};

/** Of the last ones: an expression is asked for its times again and again, and reading it takes half of that. */
const known = new Map<string, Cron>();
const MOST_KNOWN = 500;

const compiled = (expression: string): Cron => {
  const before = known.get(expression);
  if (before !== undefined) return before;
  if (known.size === MOST_KNOWN) known.clear();
  const cron = parsed(expression);
  known.set(expression, cron);
  return cron;
};

const parsed = (expression: string): Cron => {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fieldsOf(expression) as CronFields;
  // EventBridge counts the steps of years from 1970, the library from 1.
  const years = year.replaceAll('*/', '1970-2199/');
  const fields = ['0', minutes, hours, dayOfMonth, month, fromZero(dayOfWeek), years];
  // EventBridge allows `0/15` (from 0, every 15), which the library calls sloppy.
  // An offset of 0 is UTC without formatting a date for each time: five times as fast.
  return new Cron(fields.join(' '), { utcOffset: 0, sloppyRanges: true });
};

/** How far ahead to search: longer than the four years from one 29 February to the next. */
const HORIZON_MS = 5 * 365.25 * 24 * HOUR_MS;

/** Maximum skipped times in a row; more than the 60 minutes of a usual clock change. */
const MAX_SKIPPED = 100;

/** One time that a cron expression matches, and whether a clock change skips it. */
export interface CronTime {
  readonly wall: WallTime;
  /** Milliseconds since the epoch; null if a clock change skips this time, in which case Scheduler does not fire. */
  readonly time: number | null;
  /** Whether a clock change repeats this time; Scheduler fires at the first. */
  readonly isRepeated: boolean;
}

/**
 * The times after `from` that match the expression in the zone, as EventBridge Scheduler fires: once where clocks
 * go back, and not at all for a time that they skip. Wall times are enumerated as if the zone were UTC and
 * then converted, so that a skipped time is reported and not moved. The iteration ends after five years, or when a
 * hundred times in a row were skipped: an expression may match skipped times only.
 */
export function* cronTimes(expression: string, timeZone: string, from: number): Generator<CronTime> {
  const cron = compiled(expression);
  const start = wallTimeAt(from, timeZone);
  let skipped = 0;
  let cursor: Date | null = new Date(start);
  while ((cursor = cron.nextRun(cursor)) !== null && skipped < MAX_SKIPPED) {
    const wall = cursor.getTime();
    if (wall > start + HORIZON_MS) return;
    const [time = null, again] = momentsOf(wall, timeZone);
    skipped = time === null ? skipped + 1 : 0;
    // In an hour that comes twice a later wall time may have been before.
    if (time === null || time > from) yield { wall, time, isRepeated: again !== undefined };
  }
}
