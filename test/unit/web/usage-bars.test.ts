import { describe, expect, it } from 'vitest';

import { dayBars, nameBars, scaleOf, type UsedLine } from '../../../web/features/usage/bars.ts';

const line = (key: string, used: Partial<UsedLine> = {}): UsedLine => ({
  key,
  name: key,
  clusters: 0,
  sessions: 0,
  runs: 0,
  instanceHours: 0,
  cost: 0,
  ...used,
});

const FEBRUARY = ['2028-02-01', '2028-02-29'] as const;

describe('the bars of usage', () => {
  it('are one for each day of the month, also for those that nobody used', () => {
    const bars = dayBars('cost', 'USD', FEBRUARY, [line('2028-02-03', { cost: 5.5 })]);
    expect(bars).toHaveLength(29);
    expect(bars[0]).toEqual({ key: '2028-02-01', name: '2028-02-01', amount: 0, parts: [], words: '' });
    expect(bars[2]).toMatchObject({ amount: 5.5, parts: [{ look: 'whole', amount: 5.5 }], words: '$5.50' });
    expect(bars.at(-1)?.key).toBe('2028-02-29');
  });

  it('stack what was started, and tell only of what there was', () => {
    const [bar] = nameBars('started', 'USD', [line('alice', { clusters: 2, runs: 30 })]).bars;
    expect(bar).toMatchObject({
      amount: 32,
      parts: [
        { look: 'clusters', amount: 2 },
        { look: 'runs', amount: 30 },
      ],
      words: '2 clusters, 30 runs',
    });
  });

  it('show hours of instances with their unit', () => {
    expect(nameBars('hours', 'USD', [line('alice', { instanceHours: 1234.56 })]).bars[0]?.words).toBe('1,234.6 h');
  });

  it('are of those who used most, the longest first, without those who used none, and count the others', () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(`person-${index}`, { cost: index }));
    const { bars, more } = nameBars('cost', 'USD', lines);
    expect(bars.map(({ amount }) => amount)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8]);
    expect(more).toBe(7);
    expect(nameBars('cost', 'USD', [line('alice', { cost: 1 })]).more).toBe(0);
  });

  it.each([
    ['cost', 5.52, [0, 3, 6]],
    ['cost', 0.0926, [0, 0.05, 0.1]],
    ['cost', 1000, [0, 500, 1000]],
    ['hours', 1001, [0, 1000, 2000]],
    ['started', 1, [0, 1]],
    ['started', 39, [0, 20, 40]],
    ['started', 46, [0, 25, 50]],
    ['started', 3, [0, 3]],
  ] as const)('stand beside a scale of round amounts: %s up to %d', (measure, most, marks) => {
    expect(scaleOf(measure, most)).toEqual(marks);
  });
});
