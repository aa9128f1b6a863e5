import { describe, expect, it } from 'vitest';

import { kindOf, requestOf, rowsOf, valueOf } from '../../../web/features/spark-jobs/parameter-rows.ts';

describe('a parameter as it is typed', () => {
  it.each([
    ['7', 7],
    ['1.5', 1.5],
    ['true', true],
    ['null', null],
    ['[1, "a"]', [1, 'a']],
    ['{"a": 1}', { a: 1 }],
    ['"7"', '7'],
    ['DE', 'DE'],
    ['2026-11-23', '2026-11-23'],
    ['007', '007'],
    ['', ''],
    ['{broken', '{broken'],
  ])('%s is read as %j', (typed, value) => {
    expect(valueOf(typed)).toEqual(value);
  });

  it('keeps a whole number that JavaScript would round as text', () => {
    expect(valueOf('12345678901234567890')).toBe('12345678901234567890');
  });

  it.each([
    7,
    '7',
    'DE',
    'true',
    null,
    false,
    ['a'],
    { nested: { deep: [1] } },
    '',
    '"quoted"',
    '12345678901234567890',
  ])('%j is the same after it was shown and read again', (value) => {
    expect(requestOf(rowsOf({ name: value }))).toEqual([{ name: 'name', value }]);
  });

  it('says what the notebook will get', () => {
    expect(['7', '"7"', 'true', 'null', '[]', '{}'].map(kindOf)).toEqual([
      'a number',
      'text',
      'True',
      'None',
      'a list',
      'a dictionary',
    ]);
  });
});
