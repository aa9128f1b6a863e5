import { describe, expect, it } from 'vitest';

import { cronProblem } from '../../../shared/domain/cron.ts';
import { nextOccurrences, occurrencesPerMonth, type Schedule } from '../../../shared/domain/schedule.ts';

const cron = (expression: string, timeZone = 'Europe/Berlin'): Schedule => ({ type: 'cron', expression, timeZone });
const from = '2026-03-27T12:00:00.000Z';
const window = { anchor: from, startDate: from, endDate: null };
const timesOf = (schedule: Schedule, count = 3) => nextOccurrences(schedule, window, from, count).times;

describe('an interval schedule', () => {
  const daily: Schedule = { type: 'interval', hours: 24 };

  it('counts from its anchor, not from now', () => {
    const anchored = { anchor: '2026-03-01T06:30:00.000Z', startDate: '2026-03-01T06:30:00.000Z', endDate: null };
    expect(nextOccurrences(daily, anchored, from, 2).times).toEqual([
      '2026-03-28T06:30:00.000Z',
      '2026-03-29T06:30:00.000Z',
    ]);
  });

  it('begins at its start when that is to come', () => {
    const later = { anchor: '2026-04-01T00:00:00.000Z', startDate: '2026-04-01T00:00:00.000Z', endDate: null };
    expect(nextOccurrences(daily, later, from, 1).times).toEqual(['2026-04-01T00:00:00.000Z']);
  });

  it('never answers the moment asked from', () => {
    expect(timesOf(daily, 1)).toEqual(['2026-03-28T12:00:00.000Z']);
  });

  it('ends with its end date, which is included', () => {
    const ending = { ...window, endDate: '2026-03-29T12:00:00.000Z' };
    expect(nextOccurrences(daily, ending, from, 9).times).toHaveLength(2);
  });

  it('is monthly every 720 hours', () => {
    expect(timesOf({ type: 'interval', hours: 720 }, 1)).toEqual(['2026-04-26T12:00:00.000Z']);
  });
});

describe('a cron schedule', () => {
  it.each([
    ['0 6 * * ? *', '2026-03-28T05:00:00.000Z'],
    ['0 6 ? * MON-FRI *', '2026-03-30T04:00:00.000Z'],
    ['0 6 ? * 2-6 *', '2026-03-30T04:00:00.000Z'],
    ['0 6 ? * 1 *', '2026-03-29T04:00:00.000Z'],
    ['0 6 ? * 6L *', '2026-04-24T04:00:00.000Z'],
    ['0 6 L * ? *', '2026-03-31T04:00:00.000Z'],
    ['0 6 ? * 2#1 *', '2026-04-06T04:00:00.000Z'],
    ['0 6 15W * ? *', '2026-04-15T04:00:00.000Z'],
    ['0 6 1 JAN ? 2027', '2027-01-01T05:00:00.000Z'],
    ['0/15 * * * ? *', '2026-03-27T12:15:00.000Z'],
  ])('reads %s as EventBridge does', (expression, first) => {
    expect(timesOf(cron(expression), 1)).toEqual([first]);
  });

  it('skips a time that clocks go forward over, and says so', () => {
    const { times, warnings } = nextOccurrences(cron('30 2 * * ? *'), window, from, 2);
    expect(times).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
    expect(warnings).toEqual([expect.stringMatching(/2026-03-29 02:30 does not exist in Europe\/Berlin/)]);
  });

  it('happens once where clocks go back', () => {
    const autumn = '2026-10-24T12:00:00.000Z';
    const { times } = nextOccurrences(cron('30 2 * * ? *'), { ...window, startDate: autumn }, autumn, 2);
    expect(times).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });

  it('follows zones west of UTC across the date line of a day', () => {
    expect(timesOf(cron('0 22 * * ? *', 'America/Los_Angeles'), 1)).toEqual(['2026-03-28T05:00:00.000Z']);
  });

  it.each([
    ['x', /six fields/],
    ['61 * * * ? *', /cannot be read/],
    ['0 6 * * * *', /exactly one/i],
    ['0 6 ? * ? *', /exactly one/i],
    ['0 6 ? * 8 *', /cannot be read/],
    ['0 6 ? * 0 *', /cannot be read/],
    ['L 6 * * ? *', /only for days/],
  ])('refuses %s with the reason', (expression, problem) => {
    expect(cronProblem(expression)).toMatch(problem);
  });
});

describe('occurrences in a month', () => {
  it.each([
    [{ type: 'interval', hours: 168 }, 4.345],
    [cron('0 6 * * ? *'), 30.4167],
    [cron('0 6 1 1 ? *'), 0.0833],
    [cron('0 6 ? * MON-FRI *'), 21.6667],
    [cron('*/15 * * * ? *'), 2920],
    [cron('0 6 1 * ? *'), 1],
  ] satisfies [Schedule, number][])('are counted for the estimate', (schedule, expected) => {
    expect(occurrencesPerMonth(schedule, from)).toBeCloseTo(expected, 2);
  });
});
