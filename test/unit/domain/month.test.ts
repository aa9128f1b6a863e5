import { describe, expect, it } from 'vitest';

import { costBetween } from '../../../shared/domain/cost.ts';
import { boundsOf, costByMonth, differenceByMonth, monthOf } from '../../../shared/domain/month.ts';

describe('a month', () => {
  it.each([
    ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2027-02', '2027-02-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z'],
    // A leap year.
    ['2028-02', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('%s begins and ends at midnight UTC', (month, from, to) => {
    expect(boundsOf(month)).toEqual({ from, to });
    expect(monthOf(from)).toBe(month);
    expect(monthOf(to)).not.toBe(month);
  });
});

describe('what a time costs by month', () => {
  it('is all in one month where it ends with it', () => {
    expect(costByMonth(2, '2026-11-30T20:00:00.000Z', '2026-12-01T00:00:00.000Z')).toEqual({ '2026-11': 8 });
  });

  it('is split where a month ends, over more than one', () => {
    expect(costByMonth(1, '2026-01-31T23:00:00.000Z', '2026-03-01T02:00:00.000Z')).toEqual({
      '2026-01': 1,
      '2026-02': 28 * 24,
      '2026-03': 2,
    });
  });

  it('counts the 29th of February', () => {
    expect(costByMonth(1, '2028-02-28T00:00:00.000Z', '2028-03-02T00:00:00.000Z')).toEqual({
      '2028-02': 48,
      '2028-03': 24,
    });
  });

  it.each(['2026-10-25T00:30:00.000Z', '2027-03-28T00:30:00.000Z'])('knows no clock changes: %s', (since) => {
    expect(costByMonth(1, since, new Date(Date.parse(since) + 5 * 3_600_000).toISOString())).toEqual({
      [monthOf(since)]: 5,
    });
  });

  it('adds up to what AWS says it billed, which may be less than the rate or more', () => {
    const night = ['2026-11-30T23:00:00.000Z', '2026-12-01T02:00:00.000Z'] as const;
    expect(costByMonth(1, ...night, 1.5)).toEqual({ '2026-11': 1, '2026-12': 0.5 });
    expect(costByMonth(1, ...night, 0.4)).toEqual({ '2026-11': 0.4, '2026-12': 0 });
    expect(costByMonth(1, ...night, 4)).toEqual({ '2026-11': 1, '2026-12': 3 });
  });

  it('has the minute that AWS bills at least in the month of the start', () => {
    expect(costByMonth(60, '2026-11-30T23:59:40.000Z', '2026-12-01T00:00:05.000Z')).toEqual({
      '2026-11': 1,
      '2026-12': 0,
    });
  });

  it('adds up to the cost of the whole', () => {
    for (const hourly of [0.163, 1 / 3, 7.123456789])
      for (const seconds of [59, 61, 3601, 2_678_399, 9_999_999]) {
        const since = '2027-01-31T23:59:17.400Z';
        const until = new Date(Date.parse(since) + seconds * 1000).toISOString();
        const months = Object.values(costByMonth(hourly, since, until));
        expect(months.every((dollars) => dollars >= 0)).toBe(true);
        const sum = months.reduce((total, dollars) => total + Math.round(dollars * 1e6), 0);
        expect(sum).toBe(Math.round(costBetween(hourly, since, until) * 1e6));
      }
  });

  it('is subtracted month by month', () => {
    expect(differenceByMonth({ '2026-11': 0.3, '2026-12': 5 }, { '2026-10': 1, '2026-11': 0.1 })).toEqual({
      '2026-10': -1,
      '2026-11': 0.2,
      '2026-12': 5,
    });
  });
});
