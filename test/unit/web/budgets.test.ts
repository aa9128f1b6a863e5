import { describe, expect, it } from 'vitest';

import { machinesText, serverlessWorkersText } from '../../../web/lib/machines-text.ts';
import { limitOf, limitsOf, rowsOf } from '../../../web/features/admin/limit-input.ts';
import { monthForecast } from '../../../web/lib/month-forecast.ts';

const at = (time: string): number => Date.parse(time);

describe('the forecast of a month', () => {
  it.each([
    ['2026-11-16T00:00:00Z', 15, 30],
    ['2026-11-01T00:10:00Z', 2, 60],
    ['2028-02-29T23:59:59.999Z', 29, 29],
    ['2026-11-30T12:00:00Z', 0, 0],
  ])('at %s, with $%d until then, is $%d', (now, soFar, forecast) => {
    expect(monthForecast(soFar, at(now))).toBeCloseTo(forecast, 4);
  });
});

describe('what is launched', () => {
  it.each([
    [[{ count: 1, instanceType: 'm7g.xlarge' }], '1 master = 1 × m7g.xlarge'],
    [[{ count: 3, instanceType: 'm7g.xlarge' }], '1 master + 2 workers = 3 × m7g.xlarge'],
    [
      [
        { count: 1, instanceType: 'm7g.xlarge' },
        { count: 1, instanceType: 'r7g.xlarge' },
      ],
      '1 master + 1 worker = 1 × m7g.xlarge + 1 × r7g.xlarge',
    ],
  ])('is named: %j', (machines, text) => {
    expect(machinesText(machines)).toBe(text);
  });

  it('is named on EMR Serverless: the driver, and the most executors', () => {
    const shape = { vCpu: 4, memoryGb: 16, storageGb: 20 };
    expect(serverlessWorkersText({ count: 3, ...shape })).toBe('1 driver + at most 2 executors = 3 × 4 vCPU, 16 GB');
  });
});

describe('limits as typed', () => {
  it('are none where empty, and whatever else is typed is for the schema to judge', () => {
    expect([limitOf(' '), limitOf('12.5'), limitOf('x')]).toEqual([null, 12.5, Number.NaN]);
    expect(
      limitsOf([
        { name: ' bob ', limit: '5' },
        { name: '', limit: '7' },
      ]),
    ).toEqual({ bob: 5 });
    expect(rowsOf({ alice: null, bob: 0 })).toEqual([
      { name: 'alice', limit: '' },
      { name: 'bob', limit: '0' },
    ]);
  });
});
