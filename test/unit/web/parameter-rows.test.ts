import { describe, expect, it } from 'vitest';

import {
  kindOf,
  offeredRows,
  requestOf,
  rowsOf,
  textOf,
  valueOf,
} from '../../../web/features/spark-jobs/parameter-rows.ts';

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

  it.each(['12345678901234567890', '1.0', '[1.50, {"deep": -0}]'])('keeps the digits of %s', (typed) => {
    expect(JSON.stringify(valueOf(typed))).toBe(typed.replaceAll(': ', ':').replaceAll(', ', ','));
    expect(textOf(valueOf(typed))).toBe(JSON.stringify(valueOf(typed)));
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

  it('offers what the notebook has defaults for and no row sets yet', () => {
    const offered = [
      { name: 'who', default: 'nobody', type: 'str' },
      { name: 'rate', default: 1, type: 'int' },
      { name: 'none', default: null, type: 'None' },
      { name: 'computed', default: null, type: null },
    ];
    expect(offeredRows([{ name: 'who', value: 'me' }], offered)).toEqual([
      { name: 'rate', value: '1' },
      { name: 'none', value: 'null' },
    ]);
  });

  it('says what the notebook will get', () => {
    expect(['7', '1.0', '"7"', 'true', 'null', '[]', '{}'].map(kindOf)).toEqual([
      'a number',
      'a number',
      'text',
      'True',
      'None',
      'a list',
      'a dictionary',
    ]);
  });
});
