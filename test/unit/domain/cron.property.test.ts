import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { schedule as scheduleBody } from '../../../shared/contract/schedule.ts';
import { instant } from '../../../shared/contract/fields.ts';
import { cronProblem, cronTimes } from '../../../shared/domain/cron.ts';
import { nextOccurrences } from '../../../shared/domain/schedule.ts';
import { anyText, holds, textsOf } from '../properties.ts';
import { eventBridgeTimes } from './event-bridge-cron.ts';

const number = (low: number, high: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.integer({ min: low, max: high }).map(String) },
    { arbitrary: fc.nat(2300).map(String), weight: 1 },
  );

const field = (value: fc.Arbitrary<string>, ...special: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> => {
  const range = fc.oneof(
    value,
    fc.constant('*'),
    fc.tuple(value, value).map((ends) => ends.toSorted((a, b) => Number(a) - Number(b)).join('-')),
  );
  const step = fc.tuple(range, fc.constantFrom(1, 2, 3, 7, 12, 0, 70)).map((parts) => parts.join('/'));
  const part = fc.oneof({ weight: 4, arbitrary: range }, { weight: 1, arbitrary: step });
  const list = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
  const near = textsOf('1', '7', '*', '/', '-', ',', '?', 'L', 'W', '#', 'MON', 'JAN');
  return fc.oneof({ weight: 30, arbitrary: fc.oneof(part, list, ...special) }, { weight: 1, arbitrary: near });
};

const names = (...words: readonly string[]) => fc.constantFrom(...words);
const weekday = fc.oneof(number(1, 7), names('SUN', 'MON', 'FRI', 'SAT'));

const expression = fc
  .tuple(
    field(number(0, 59)),
    field(number(0, 23)),
    // In a shorter month AWS does not tell what a working day close to the 31st is.
    field(
      number(1, 31),
      fc.constantFrom('?', '?', 'L'),
      fc.integer({ min: 0, max: 28 }).map((day) => `${day}W`),
    ),
    field(fc.oneof(number(1, 12), names('JAN', 'FEB', 'DEC'))),
    field(
      weekday,
      names('?', '?'),
      fc.tuple(weekday, names('L', '#1', '#2', '#5', '#6')).map((parts) => parts.join('')),
    ),
    field(fc.oneof(names('*', '*'), number(2024, 2030))),
  )
  .map((fields) => fields.join(' '));

const first = <Item>(count: number, items: Iterable<Item>): readonly Item[] => {
  const found: Item[] = [];
  for (const item of items) if (found.push(item) === count) break;
  return found;
};

const FROM = Date.parse('2026-03-27T12:00:00.000Z');

describe('a cron expression', () => {
  it('is taken where EventBridge’s own rules take it, and otherwise refused in words', () => {
    holds(
      fc.property(fc.oneof(expression, anyText), (text) => {
        const problem = cronProblem(text);
        expect([text, problem === null]).toEqual([text, eventBridgeTimes(text) !== null]);
        if (problem !== null) expect(problem).toMatch(/\.$/);
      }),
      2000,
    );
  });

  it('has the times that EventBridge’s own rules give it', () => {
    let compared = 0;
    holds(
      fc.property(expression, (text) => {
        const theirs = eventBridgeTimes(text)?.(FROM);
        if (theirs === undefined) return;
        compared += 1;
        const ours = first(3, cronTimes(text, 'UTC', FROM)).map(({ time }) => time);
        expect([text, ours]).toEqual([text, first(3, theirs)]);
      }),
      2000,
    );
    expect(compared).toBeGreaterThan(100);
  });
});

describe('a schedule and a time of a request', () => {
  const time = fc.oneof(
    fc.date().map(String),
    fc
      .tuple(
        fc.constantFrom('0000-01-01', '2026-02-28', '2026-02-30', '2026-13-01', '9999-12-31', '+010000-01-01'),
        fc.constantFrom('T00:00:00', 'T23:59:59.999', 'T24:00:00', 'T23:59:60', 'T12:00', ''),
        fc.constantFrom('Z', '+01:00', '-01:00', '+23:59', '-23:59', '+24:00', '', ' '),
      )
      .map((parts) => parts.join('')),
    anyText,
  );

  it('is refused, or a time whose text compares as the time does', () => {
    holds(
      fc.property(time, (text) => {
        const parsed = instant.safeParse(text);
        if (!parsed.success) return;
        expect(parsed.data).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/);
        expect(instant.parse(parsed.data)).toBe(parsed.data);
      }),
      1000,
    );
  });

  it('has occurrences in order, within its window and no more than asked for', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Mars/Olympus', '');
    const schedule = fc.oneof(
      fc.record({ type: fc.constant('cron'), expression, timeZone: zone }),
      fc.record({ type: fc.constant('interval'), hours: fc.constantFrom(24, 168, 720, 1, null) }),
      fc.jsonValue(),
    );
    const when = fc
      .date({ min: new Date('0000-01-02T00:00:00Z'), max: new Date('9990-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString());
    holds(
      fc.property(schedule, when, fc.option(when), when, (given, startDate, endDate, from) => {
        const parsed = scheduleBody.safeParse(given);
        if (!parsed.success) return;
        const { times } = nextOccurrences(parsed.data, { anchor: startDate, startDate, endDate }, from, 3);
        expect(times.length).toBeLessThanOrEqual(3);
        expect(times).toEqual([...times].toSorted());
        for (const each of times)
          expect(each > from && each >= startDate && (endDate === null || each <= endDate)).toBe(true);
      }),
      100,
    );
  });
});
