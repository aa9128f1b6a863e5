import { describe, expect, it } from 'vitest';

import { cronProblem, cronTimes, type CronTime } from '../../../shared/domain/cron.ts';

const first = (count: number, times: Iterable<CronTime>): readonly CronTime[] => {
  const found: CronTime[] = [];
  for (const time of times) {
    found.push(time);
    if (found.length === count) break;
  }
  return found;
};

/** The first two times of an expression in UTC after noon of 27 March 2026, a Friday. */
const timesOf = (expression: string): readonly string[] =>
  first(2, cronTimes(expression, 'UTC', Date.parse('2026-03-27T12:00:00.000Z'))).map(({ time }) =>
    new Date(time ?? Number.NaN).toISOString().slice(0, 16),
  );

describe('a field of a cron expression', () => {
  it.each([
    ['minutes', '0 6 * * ? *', '59 6 * * ? *', '60 6 * * ? *'],
    ['hours', '0 0 * * ? *', '0 23 * * ? *', '0 24 * * ? *'],
    ['day-of-month', '0 6 1 * ? *', '0 6 31 * ? *', '0 6 32 * ? *'],
    ['month', '0 6 1 1 ? *', '0 6 1 12 ? *', '0 6 1 13 ? *'],
    ['day-of-week', '0 6 ? * 1 *', '0 6 ? * 7 *', '0 6 ? * 8 *'],
    ['year', '0 6 * * ? 1970', '0 6 * * ? 2199', '0 6 * * ? 2200'],
  ])('reaches from its first value to its last: %s', (name, first, last, beyond) => {
    expect(cronProblem(first)).toBeNull();
    expect(cronProblem(last)).toBeNull();
    expect(cronProblem(beyond)).toContain(`: ${name} takes `);
  });

  it.each([
    ['0 6 0 * ? *', 'day-of-month'],
    ['0 6 1 0 ? *', 'month'],
    ['0 6 ? * 0 *', 'day-of-week'],
    ['0 6 * * ? 1969', 'year'],
  ])('does not begin at 0 where the calendar does not: %s', (expression, name) => {
    expect(cronProblem(expression)).toContain(`: ${name} takes `);
  });

  it.each([
    '0,15,30 6 * * ? *',
    '0-10,50 6 * * ? *',
    '5-5 6 * * ? *',
    '0 8-18/2 * * ? *',
    '*/15 * * * ? *',
    '00 06 * * ? *',
    '0/10 6 * * ? *',
    '0/60 6 * * ? *',
    '0 6 1/31 * ? *',
    '0 6 1W * ? *',
    '0 6 31W * ? *',
    '0 6 1 JAN,JUL-SEP ? *',
    '0 6 ? * SUN-SAT *',
    '0 6 ? * 02 *',
    '0 6 ? * 7L *',
    '0 6 ? * SATL *',
    '0 6 ? * FRI#5 *',
    ' 0  6 * * ?\t* ',
  ])('may be as in %j', (expression) => {
    expect(cronProblem(expression)).toBeNull();
  });

  it.each([
    ['a number in another notation', '0x5 6 * * ? *', 'minutes'],
    ['a fraction', '0 6.5 * * ? *', 'hours'],
    ['a negative number', '0 -6 * * ? *', 'hours'],
    ['three ends of a range', '0-10-20 6 * * ? *', 'minutes'],
    ['an open range', '10- 6 * * ? *', 'minutes'],
    ['a name in a range of another field', '0 6 1 JAN-FRI ? *', 'month'],
    ['a step of zero', '0 0/0 * * ? *', 'hours'],
    ['a step that is no number', '0 0/x2 * * ? *', 'hours'],
    ['a step with a remainder', '0 0/2x * * ? *', 'hours'],
    ['a step in another notation', '0 0/0x2 * * ? *', 'hours'],
    ['a step with a fraction', '0 0/2.0 * * ? *', 'hours'],
    ['an empty step', '0 0/ * * ? *', 'hours'],
    ['a step of a step', '0 0/2/3 * * ? *', 'hours'],
    ['a step longer than an hour', '0/61 6 * * ? *', 'minutes'],
    ['a step longer than a month', '0 6 1/32 * ? *', 'day-of-month'],
    ['a step within the week', '0 6 ? * MON/2 *', 'day-of-week'],
    ['a working day beyond the month', '0 6 32W * ? *', 'day-of-month'],
    ['a working day before the month', '0 6 0W * ? *', 'day-of-month'],
    ['a working day among others', '0 6 1,15W * ? *', 'day-of-month'],
    ['a last day with more after it', '0 6 LW * ? *', 'day-of-month'],
    ['a sixth Friday', '0 6 ? * 6#6 *', 'day-of-week'],
    ['a zeroth Friday', '0 6 ? * 6#0 *', 'day-of-week'],
    ['the last of an eighth day', '0 6 ? * 8L *', 'day-of-week'],
    ['the last of a day among others', '0 6 ? * 2,6L *', 'day-of-week'],
    ['a list with a hole', '0 6,,7 * * ? *', 'hours'],
    ['an L that is for days only', '0 L * * ? *', 'hours'],
    ['a ? that is for days only', '0 ? * * ? *', 'hours'],
  ])('is refused by its name for %s', (_, expression, name) => {
    expect(cronProblem(expression)).toContain(`: ${name} takes `);
  });

  it.each([
    ['60 6 * * ? *', "minutes takes 0 to 59 with ',', '-', '*' and '/' up to /60"],
    ['0 6 32 * ? *', "day-of-month takes 1 to 31 with ',', '-', '*' and '/' up to /31, or '?', 'L' or a day with 'W'"],
    ['0 6 1 13 ? *', "month takes 1 to 12 or JAN to DEC with ',', '-', '*' and '/' up to /12"],
    [
      '0 6 ? * 8 *',
      "day-of-week takes 1 to 7 or SUN to SAT with ',', '-' and '*', or '?', a day with 'L' or a day like 2#1",
    ],
  ])('says what it takes: %s', (expression, takes) => {
    expect(cronProblem(expression)).toBe(
      `The cron expression cannot be read: ${takes}. For example: 0 6 * * ? * is every day at 06:00.`,
    );
  });

  it.each([
    ['0 6 1 NOV-FEB ? *', 'The range NOV-FEB in month is reversed. Write it as two ranges: NOV-DEC,JAN-FEB.'],
    ['0 6 1 11-2 ? *', 'The range 11-2 in month is reversed. Write it as two ranges: 11-12,1-2.'],
    ['0 6 1 FEB-1 ? *', 'The range FEB-1 in month is reversed. Write it as two ranges: FEB-DEC,JAN-1.'],
    ['50-10/5 6 * * ? *', 'The range 50-10 in minutes is reversed. Write it as two ranges: 50-59,0-10.'],
    ['0 6 ? * MON,SAT-2 *', 'The range SAT-2 in day-of-week is reversed. Write it as two ranges: SAT-SAT,SUN-2.'],
    ['0 6 ? * 6-MON *', 'The range 6-MON in day-of-week is reversed. Write it as two ranges: 6-7,1-MON.'],
  ])('names a range that goes backwards, and the two to write: %s', (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });

  it('has five others beside it', () => {
    expect(cronProblem('0 6 * * ?')).toMatch(/six fields \(minutes .* year\); this has 5\.$/);
    expect(cronProblem('')).toMatch(/this has 1\.$/);
  });
});

describe('the times of a cron expression', () => {
  it.each([
    ['0 6 ? * 02 *', ['2026-03-30T06:00', '2026-04-06T06:00']],
    ['0 6 ? * 7 *', ['2026-03-28T06:00', '2026-04-04T06:00']],
    ['0 6 ? * 1,7 *', ['2026-03-28T06:00', '2026-03-29T06:00']],
    ['0 6 ? * 6#5 *', ['2026-05-29T06:00', '2026-07-31T06:00']],
    ['0 6 ? * TUEL *', ['2026-03-31T06:00', '2026-04-28T06:00']],
    ['10/20 6 * * ? *', ['2026-03-28T06:10', '2026-03-28T06:30']],
    ['0 6 31 * ? *', ['2026-03-31T06:00', '2026-05-31T06:00']],
    ['0 6 31 2 ? *', []],
    ['0 6 ? * SUN-SUN *', ['2026-03-29T06:00', '2026-04-05T06:00']],
    ['0 6 ? * SAT,SUN-MON *', ['2026-03-28T06:00', '2026-03-29T06:00']],
    ['0 6 1 1 ? */3', ['2027-01-01T06:00', '2030-01-01T06:00']],
    [' 0  6 * * ?\t* ', ['2026-03-28T06:00', '2026-03-29T06:00']],
  ])('are in EventBridge’s own counting: %j', (expression, times) => {
    expect(timesOf(expression)).toEqual(times);
  });

  const parts = [
    '*',
    '1',
    '01',
    '7',
    '12',
    '31',
    '1-7',
    '2-3',
    '1,5',
    '1970',
    '2199',
    '2026-2030',
    'JAN',
    'FEB-MAR',
    'SUN',
  ];
  const steps = ['', '/1', '/12', '/13', '/24', '/25', '/31', '/60', '/61', '/230', '/9999'];
  const days = ['?', 'L', '1W', '31W', 'MON', 'MON-FRI', '7L', 'SUNL', '1#1', 'SAT#5'];
  const values = [...parts.flatMap((part) => steps.map((step) => part + step)), ...days];
  const expressions = [0, 1, 2, 3, 4, 5].flatMap((index) =>
    values.map((value) =>
      ['0', '6', index === 4 ? '?' : '1', '1', index === 4 ? '*' : '?', '*'].with(index, value).join(' '),
    ),
  );

  it('can be named for every expression without a problem', () => {
    const accepted = expressions.filter((expression) => cronProblem(expression) === null);
    expect(accepted.length).toBeGreaterThan(200);
    for (const expression of accepted) expect(() => timesOf(expression), expression).not.toThrow();
  });
});

describe('the times of a cron expression around a change of clocks', () => {
  const MINUTE_MS = 60_000;
  const WINDOW_MS = 6 * 60 * MINUTE_MS;

  it.each([
    ['Europe/Berlin', '2026-03-28T22:00:00.000Z', 24],
    ['Europe/Berlin', '2026-10-24T22:00:00.000Z', 20],
    ['America/New_York', '2026-11-01T03:00:00.000Z', 20],
    ['Australia/Lord_Howe', '2026-04-04T12:00:00.000Z', 22],
    ['Australia/Lord_Howe', '2026-10-03T12:00:00.000Z', 24],
  ])('are the same from wherever one looks: %s from %s', (timeZone, since, count) => {
    const begin = Date.parse(since);
    const timesFrom = (from: number) =>
      first(30, cronTimes('5/15 * * * ? *', timeZone, from))
        .flatMap(({ time }) => time ?? [])
        .filter((time) => time <= begin + WINDOW_MS);
    const all = timesFrom(begin);
    expect(all).toHaveLength(count);
    for (let from = begin; from < begin + WINDOW_MS; from += 20 * MINUTE_MS)
      expect(timesFrom(from)).toEqual(all.filter((time) => time > from));
  });
});
