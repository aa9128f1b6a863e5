import type { Schedule } from '../../../shared/domain/schedule.ts';

/** A schedule as typed. The values of the other choice are kept in case it is chosen again. */
export interface ScheduleInput {
  readonly kind: '24' | '168' | '720' | 'cron';
  readonly expression: string;
  readonly timeZone: string;
}

const OWN_TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every named time zone of this browser, and UTC, which its list lacks. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

export const scheduleInputOf = (schedule: Schedule): ScheduleInput =>
  schedule.type === 'cron'
    ? { kind: 'cron', expression: schedule.expression, timeZone: schedule.timeZone }
    : { kind: `${schedule.hours}`, expression: '0 6 * * ? *', timeZone: OWN_TIME_ZONE };

/** The schedule for the request; the contract's schema validates it. */
export const scheduleOf = ({ kind, expression, timeZone }: ScheduleInput): Schedule => {
  if (kind === 'cron') return { type: 'cron', expression: expression.trim(), timeZone };
  return { type: 'interval', hours: kind === '24' ? 24 : kind === '168' ? 168 : 720 };
};
