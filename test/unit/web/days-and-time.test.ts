import { describe, expect, it } from 'vitest';

import { scheduleInputOf, scheduleOf } from '../../../web/features/spark-jobs/schedule-input.ts';
import { cronOf, DAYS, daysAndTimeOf } from '../../../web/features/spark-jobs/days-and-time.ts';
import { schedule } from '../../../shared/contract/schedule.ts';

const isValid = (expression: string): boolean =>
  schedule.safeParse({ type: 'cron', expression, timeZone: 'Europe/Berlin' }).success;

describe('a schedule of days and a time', () => {
  it.each([
    [{ days: DAYS, time: '06:00' }, '0 6 * * ? *'],
    [{ days: ['FRI', 'MON'], time: '23:05' }, '5 23 ? * MON,FRI *'],
    [{ days: ['SUN'], time: '00:30' }, '30 0 ? * SUN *'],
  ] as const)('is a cron expression and can be read from it: %j', (given, expression) => {
    expect(cronOf(given)).toBe(expression);
    expect(isValid(expression)).toBe(true);
    expect(cronOf(daysAndTimeOf(expression) ?? { days: [], time: '' })).toBe(expression);
  });

  it.each(['0 6 ? * MON-FRI *', '0 6 ? * mon,tue,wed-fri *'])('is read from ranges: %s', (expression) => {
    expect(daysAndTimeOf(expression)).toEqual({ days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], time: '06:00' });
  });

  it.each([
    '0/5 6 * * ? *',
    '0 6 1 * ? *',
    '0 6 ? * 2#1 *',
    '0 6 ? * FRI-MON *',
    '0 6 ? JAN MON *',
    '0 6 ? * MON 2027',
    '',
  ])('is not what says more or less: %j', (expression) => expect(daysAndTimeOf(expression)).toBeNull());

  it.each([
    { days: [], time: '06:00' },
    { days: DAYS, time: '' },
    { days: DAYS, time: '6' },
  ] as const)('is refused while it is not whole: %j', (given) => {
    expect(isValid(cronOf(given))).toBe(false);
  });

  it('keeps any other expression as it is', () => {
    const other = { type: 'cron', expression: '0 6 1 * ? *', timeZone: 'UTC' } as const;
    expect(scheduleOf(scheduleInputOf(other))).toEqual(other);
    expect(scheduleInputOf(other).kind).toBe('cron');
    expect(scheduleOf({ ...scheduleInputOf({ type: 'interval', hours: 168 }), kind: 'days' })).toMatchObject({
      expression: '0 6 * * ? *',
    });
  });
});
