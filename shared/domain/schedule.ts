import { cronTimes } from './cron.ts';
import { HOUR_MS, MINUTE_MS, toInstant, type Instant } from './instant.ts';
import { wallTimeAt } from './time-zone.ts';

/** Daily, weekly and monthly, as hours. */
export const INTERVAL_HOURS = [24, 168, 720] as const;
export type IntervalHours = (typeof INTERVAL_HOURS)[number];

export type Schedule =
  | { readonly type: 'interval'; readonly hours: IntervalHours }
  | { readonly type: 'cron'; readonly expression: string; readonly timeZone: string };

/** The period in which a schedule is active. */
export interface ScheduleWindow {
  /** The time from which an interval counts: the start, or the last manual run. */
  readonly anchor: Instant;
  readonly startDate: Instant;
  readonly endDate: Instant | null;
}

export interface Occurrences {
  readonly times: readonly Instant[];
  /** Warnings about wall times that a clock change skips or repeats. */
  readonly warnings: readonly string[];
}

const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ');

/** The next occurrences strictly after `from`, at most `count`, none outside the window. */
export const nextOccurrences = (
  schedule: Schedule,
  window: ScheduleWindow,
  from: Instant,
  count: number,
): Occurrences => {
  const end = window.endDate === null ? Number.POSITIVE_INFINITY : Date.parse(window.endDate);
  const after = Math.max(Date.parse(from), Date.parse(window.startDate) - 1);
  const times: Instant[] = [];
  const warnings: string[] = [];
  if (schedule.type === 'interval') {
    const step = schedule.hours * HOUR_MS;
    const anchor = Date.parse(window.anchor);
    const first = anchor + Math.max(0, Math.floor((after - anchor) / step) + 1) * step;
    for (let time = first; times.length < count && time <= end; time += step) times.push(toInstant(time));
    return { times, warnings };
  }
  // A skipped time has no moment: it is compared with the end on the clocks of the zone.
  const wallEnd = Number.isFinite(end) ? wallTimeAt(end, schedule.timeZone) : end;
  const daysOfRepeats = new Set<string>();
  for (const { wall, time, isRepeated } of cronTimes(schedule.expression, schedule.timeZone, after)) {
    if (times.length === count || (time === null ? wall > wallEnd : time > end)) break;
    const day = wallText(wall).slice(0, 10);
    if (isRepeated && !daysOfRepeats.has(day)) {
      daysOfRepeats.add(day);
      warnings.push(
        `Clocks in ${schedule.timeZone} go back on ${day}: ${wallText(wall).slice(11)} occurs twice, and the job runs only the first time.`,
      );
    }
    if (time === null)
      warnings.push(
        `${wallText(wall)} does not exist in ${schedule.timeZone}: clocks go forward, so this run is skipped.`,
      );
    else times.push(toInstant(time));
  }
  return { times, warnings };
};

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A day and a week have the same hours in UTC at all times; 720 hours are no month of the calendar. */
const intervalInWords = (hours: IntervalHours, anchor: Instant): string => {
  const [date = '', time = ''] = anchor.slice(0, 16).split('T');
  if (hours === 24) return `Daily at ${time} UTC`;
  if (hours === 168) return `Weekly on ${WEEKDAYS[new Date(anchor).getUTCDay()]} at ${time} UTC`;
  return `Monthly (every 720 hours), counted from ${date} ${time} UTC`;
};

/** The schedule as text for people. */
export const scheduleInWords = (schedule: Schedule, anchor: Instant): string =>
  schedule.type === 'interval'
    ? intervalInWords(schedule.hours, anchor)
    : `Cron ${schedule.expression} in ${schedule.timeZone}`;

/** More than the times that a frequent expression names before it repeats its pattern of minutes. */
const COMPARED_OCCURRENCES = 200;

/**
 * The fewest minutes between two occurrences that follow each other, on the clock of the zone: a change of clocks makes no
 * schedule too frequent.
 */
export const fewestMinutesBetween = (schedule: Schedule, from: Instant): number => {
  if (schedule.type === 'interval') return schedule.hours * 60;
  let fewest = Number.POSITIVE_INFINITY;
  let previous: number | null = null;
  let compared = 0;
  for (const { wall } of cronTimes(schedule.expression, schedule.timeZone, Date.parse(from))) {
    if (previous !== null) fewest = Math.min(fewest, (wall - previous) / MINUTE_MS);
    previous = wall;
    compared += 1;
    if (compared === COMPARED_OCCURRENCES) break;
  }
  return fewest;
};

const MONTH_MS = 730 * HOUR_MS;

/** Maximum occurrences to count in a year; most expressions have fewer. */
const ENOUGH_OCCURRENCES = 1000;

/** Average occurrences per month in the coming year, for the estimate. */
export const occurrencesPerMonth = (schedule: Schedule, from: Instant): number => {
  if (schedule.type === 'interval') return MONTH_MS / (schedule.hours * HOUR_MS);
  const start = Date.parse(from);
  let count = 0;
  for (const { time } of cronTimes(schedule.expression, schedule.timeZone, start)) {
    if (time === null) continue;
    if (time > start + 12 * MONTH_MS) break;
    count += 1;
    if (count === ENOUGH_OCCURRENCES) return (count * MONTH_MS) / (time - start);
  }
  return count / 12;
};
