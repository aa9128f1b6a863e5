import { describe, expect, it } from 'vitest';

import { schedule } from '../../../shared/contract/schedule.ts';
import { cronProblem } from '../../../shared/domain/cron.ts';
import {
  nextOccurrences,
  occurrencesPerMonth,
  scheduleInWords,
  type Schedule,
} from '../../../shared/domain/schedule.ts';
import { isTimeZone } from '../../../shared/domain/time-zone.ts';

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

  it('counts on from a manual run after its start', () => {
    const anchored = { ...window, startDate: '2026-03-01T00:00:00.000Z', anchor: '2026-03-27T18:00:00.000Z' };
    expect(nextOccurrences(daily, anchored, from, 1).times).toEqual(['2026-03-27T18:00:00.000Z']);
  });

  it('has none where its end is past, and none where none is asked for', () => {
    expect(nextOccurrences(daily, { ...window, endDate: '2026-03-28T11:59:59.999Z' }, from, 9).times).toEqual([]);
    expect(timesOf(daily, 0)).toEqual([]);
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
    expect(warnings).toEqual([
      '2026-03-29 02:30 does not exist in Europe/Berlin: clocks go forward, so this run is skipped.',
    ]);
  });

  it('tells of no skipped time after the last one that is asked for', () => {
    expect(nextOccurrences(cron('30 2 * * ? *'), window, from, 1).warnings).toEqual([]);
  });

  it('begins at its start and ends with its end, both included', () => {
    const days = { anchor: from, startDate: '2026-04-01T04:00:00.000Z', endDate: '2026-04-03T04:00:00.000Z' };
    const { times } = nextOccurrences(cron('0 6 * * ? *'), days, from, 9);
    expect(times).toEqual(['2026-04-01T04:00:00.000Z', '2026-04-02T04:00:00.000Z', '2026-04-03T04:00:00.000Z']);
  });

  it('tells of no skipped time after its end', () => {
    const endDate = '2026-03-28T12:00:00.000Z';
    expect(nextOccurrences(cron('30 2 * * ? *'), { ...window, endDate }, from, 9).warnings).toEqual([]);
  });

  it('skips a time also where the end follows within the hour that is skipped', () => {
    const endDate = '2026-03-29T01:30:00.000Z';
    const { times } = nextOccurrences(cron('30 * * * ? *'), { ...window, endDate }, '2026-03-29T00:00:00.000Z', 9);
    expect(times).toEqual(['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z']);
  });

  it.each(['30 2 ? 3 1L *', '* 2 ? 3 1L *'])('names no end of skipped times, of %s', (expression) => {
    const { times, warnings } = nextOccurrences(cron(expression), window, from, 3);
    expect(times).toEqual([]);
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.length).toBeLessThanOrEqual(100);
    expect(occurrencesPerMonth(cron(expression), from)).toBe(0);
  });

  it('looks five years ahead, and no further', () => {
    expect(timesOf(cron('0 6 29 2 ? *'))).toEqual(['2028-02-29T05:00:00.000Z']);
    expect(timesOf(cron('0 6 1 3 ? 2031'), 1)).toHaveLength(1);
    expect(timesOf(cron('0 6 1 4 ? 2031'), 1)).toEqual([]);
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
    ['L 6 * * ? *', /minutes takes 0 to 59/],
    ['0 6 ? ? ? *', /exactly one/i],
    ['0 6 1 ? ? *', /month takes 1 to 12 or JAN to DEC/],
    ['0 6 * * ? ?', /year takes 1970 to 2199/],
    ['0 6 * * ? 2200', /year takes 1970 to 2199/],
    ['0 6 * * ? 2026-2300', /year takes 1970 to 2199/],
    ['0 6 ? * L *', /a day with 'L'/],
    ['0 6 ? * 6#L *', /day-of-week takes/],
    ['0 6 ? * 6#6 *', /day-of-week takes/],
    ['0 6 ? * 3#1,6#3 *', /day-of-week takes/],
    ['0 6 ? * +MON *', /day-of-week takes/],
    ['0 6 ? * MON-FRI/2 *', /day-of-week takes/],
    ['0 6 1W,15W * ? *', /day-of-month takes/],
    ['0 6 L-3 * ? *', /day-of-month takes/],
    ['0/0 6 * * ? *', /minutes takes 0 to 59/],
    ['*/5/5 6 * * ? *', /minutes takes/],
    ['0, 6 * * ? *', /minutes takes/],
    ['0 24 * * ? *', /hours takes 0 to 23/],
    ['0 6 ? * FRI-MON *', /range FRI-MON in day-of-week is reversed.*: FRI-SAT,SUN-MON/],
    ['0 6 ? * 2,6-2 *', /range 6-2 in day-of-week is reversed.*: 6-7,1-2/],
    ['0 22-2 * * ? *', /range 22-2 in hours is reversed.*: 22-23,0-2/],
    ['0 22-2/2 * * ? *', /range 22-2 in hours is reversed/],
  ])('refuses %s with the reason', (expression, problem) => {
    expect(cronProblem(expression)).toMatch(problem);
  });
});

describe('clocks that go back', () => {
  const autumn = '2026-10-24T23:30:00.000Z';
  const during = { ...window, startDate: autumn };

  it('warn once of an hour that comes twice, in which an hourly job runs at the first', () => {
    const { times, warnings } = nextOccurrences(cron('0 * * * ? *'), during, autumn, 3);
    expect(times.map((time) => time.slice(11, 16))).toEqual(['00:00', '02:00', '03:00']);
    expect(warnings).toEqual([
      'Clocks in Europe/Berlin go back on 2026-10-25: 02:00 occurs twice, and the job runs only the first time.',
    ]);
    expect(nextOccurrences(cron('0/20 * * * ? *'), during, autumn, 5).warnings).toHaveLength(1);
  });

  it('warn again the year after', () => {
    const { warnings } = nextOccurrences(cron('0 2 ? 10 SUN *'), during, autumn, 6);
    expect(warnings).toEqual([
      expect.stringContaining('on 2026-10-25: 02:00'),
      expect.stringContaining('on 2027-10-31: 02:00'),
    ]);
  });

  it('warn of nothing in a zone without them, and of no other hour', () => {
    expect(nextOccurrences(cron('0 * * * ? *', 'UTC'), during, autumn, 5).warnings).toEqual([]);
    expect(nextOccurrences(cron('0 4 * * ? *'), during, autumn, 2).warnings).toEqual([]);
  });
});

describe('a cron expression in a request', () => {
  it('may have its names in lower case', () => {
    const given = { type: 'cron', expression: '0 6 ? jan-mar mon-fri *', timeZone: 'UTC' };
    expect(schedule.parse(given)).toEqual({ ...given, expression: '0 6 ? JAN-MAR MON-FRI *' });
  });
});

describe('a schedule in words', () => {
  it.each([
    [{ type: 'interval', hours: 24 }, 'Daily at 12:00 UTC'],
    [{ type: 'interval', hours: 168 }, 'Weekly on Friday at 12:00 UTC'],
    [{ type: 'interval', hours: 720 }, 'Monthly (every 720 hours), counted from 2026-03-27 12:00 UTC'],
    [cron('0 6 * * ? *'), 'Cron 0 6 * * ? * in Europe/Berlin'],
  ] satisfies [Schedule, string][])('says how often and from when', (schedule, words) => {
    expect(scheduleInWords(schedule, from)).toBe(words);
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
    [cron('30 2 ? 3 SUN *'), 0.25],
    [cron('* * * * ? *'), 43_800],
  ] satisfies [Schedule, number][])('are counted for the estimate', (schedule, expected) => {
    expect(occurrencesPerMonth(schedule, from)).toBeCloseTo(expected, 2);
  });
});

describe('a time zone', () => {
  it.each([
    ...['UTC', 'GMT', 'Etc/UTC', 'Etc/GMT+5', 'Europe/Berlin', 'America/Port-au-Prince', 'Antarctica/DumontDUrville'],
    ...['Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kiev', 'Europe/Kyiv', 'US/Pacific', 'Chile/EasterIsland'],
    ...['America/Buenos_Aires', 'America/Argentina/Buenos_Aires', 'Europe/Isle_of_Man', 'US/East-Indiana'],
  ])('is %s', (timeZone) => {
    expect(isTimeZone(timeZone)).toBe(true);
  });

  it.each([
    ...['europe/berlin', 'EUROPE/BERLIN', 'Europe/berlin', 'us/pacific', 'US/PACIFIC', 'Asia/KOLKATA', 'utc', 'Utc'],
    ...['America/Port-Au-Prince', 'us/Pacific', 'etc/Greenwich', 'Etc/GMT+15', 'Etc/GMT-00'],
    ...['PST', 'ACT', 'EST', 'CET', 'PST8PDT', 'SystemV/EST5', '+02:00', 'Mars/Olympus', 'Europe/Atlantis', ''],
  ])('is not %s', (timeZone) => {
    expect(isTimeZone(timeZone)).toBe(false);
  });
});
