import type { Schedule } from '../../../shared/domain/schedule.ts';
import { cronOf, DAYS, daysAndTimeOf, type DaysAndTime } from './days-and-time.ts';

/** A schedule as typed. The values of the other choice are kept in case it is chosen again. */
export interface ScheduleInput {
  readonly kind: '24' | '168' | '720' | 'days' | 'cron';
  readonly daysAndTime: DaysAndTime;
  readonly expression: string;
  readonly timeZone: string;
}

const OWN_TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every named time zone of this browser, and UTC, which its list lacks. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

const MORNINGS: DaysAndTime = { days: DAYS, time: '06:00' };

export const scheduleInputOf = (schedule: Schedule): ScheduleInput => {
  if (schedule.type === 'interval')
    return { kind: `${schedule.hours}`, daysAndTime: MORNINGS, expression: cronOf(MORNINGS), timeZone: OWN_TIME_ZONE };
  const { expression, timeZone } = schedule;
  const daysAndTime = daysAndTimeOf(expression);
  return { kind: daysAndTime === null ? 'cron' : 'days', daysAndTime: daysAndTime ?? MORNINGS, expression, timeZone };
};

/** The schedule for the request; the contract's schema validates it. */
export const scheduleOf = ({ kind, daysAndTime, expression, timeZone }: ScheduleInput): Schedule => {
  if (kind === 'days') return { type: 'cron', expression: cronOf(daysAndTime), timeZone };
  if (kind === 'cron') return { type: 'cron', expression: expression.trim(), timeZone };
  return { type: 'interval', hours: kind === '24' ? 24 : kind === '168' ? 168 : 720 };
};
