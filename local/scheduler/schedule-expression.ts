import { cronProblem, cronTimes } from '../../shared/domain/cron.ts';
import { isTimeZone, momentsOf } from '../../shared/domain/time-zone.ts';
import { AwsError } from '../aws-json.ts';

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: 24 * 60 * MINUTE };

/** When a schedule fires, without regard to its window and state. */
export interface Recurrence {
  readonly isOneTime: boolean;
  /** The first time after the given one, in milliseconds since the epoch; null where there is none. */
  next(after: number): number | null;
}

/**
 * Reads `at(…)`, `rate(…)` or `cron(…)` (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 * @param anchor where a rate is counted from: the start date, or the schedule's creation
 * @throws AwsError ValidationException
 */
export const readExpression = (expression: string, timeZone: string, anchor: number): Recurrence => {
  if (!isTimeZone(timeZone)) {
    throw new AwsError('ValidationException', `Provided ScheduleExpressionTimezone ${timeZone} is not valid.`);
  }
  const [, kind, content = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression.trim()) ?? [];
  const recurrence =
    kind === 'at' ? at(content, timeZone) : kind === 'rate' ? rate(content, anchor) : kind && cron(content, timeZone);
  if (!recurrence) throw new AwsError('ValidationException', `Invalid Schedule Expression ${expression}.`);
  return recurrence;
};

const at = (content: string, timeZone: string): Recurrence | null => {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(content) ? Date.parse(`${content}Z`) : Number.NaN;
  if (Number.isNaN(wall)) return null;
  // A time that clocks skip comes when they have skipped it.
  const time = momentsOf(wall, timeZone)[0] ?? momentsOf(wall + 60 * MINUTE, timeZone)[0];
  return { isOneTime: true, next: (after) => (time !== undefined && time > after ? time : null) };
};

const rate = (content: string, anchor: number): Recurrence | null => {
  const [, value, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(content) ?? [];
  if (value === undefined) return null;
  const interval = Number(value) * (UNITS[unit] ?? 0);
  return {
    isOneTime: false,
    next: (after) => anchor + Math.max(0, Math.floor((after - anchor) / interval) + 1) * interval,
  };
};

const cron = (content: string, timeZone: string): Recurrence | null => {
  if (cronProblem(content) !== null) return null;
  return {
    isOneTime: false,
    next(after) {
      for (const { time } of cronTimes(content, timeZone, after)) if (time !== null) return time;
      return null;
    },
  };
};
