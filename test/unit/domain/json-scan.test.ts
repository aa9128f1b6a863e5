import { describe, expect, it } from 'vitest';

import { scanJson } from '../../../shared/domain/notebook/json-scan.ts';

const problemOf = (text: string) => scanJson(text).problem;

describe('a look over JSON before it is parsed', () => {
  it.each([
    ['lists', '[]', 250_000],
    ['objects', '{}', 250_000],
  ])('takes 250,000 %s, and not one more', (_, part, most) => {
    const side = (count: number): string => Array<string>(count).fill(part).join(' ');
    expect([problemOf(side(most)), problemOf(side(most + 1))]).toEqual([null, 'tooMuch']);
  });

  it('counts fields as it counts lists and objects', () => {
    expect([problemOf(`{${'"a":0,'.repeat(249_999)}}`), problemOf(`{${'"a":0,'.repeat(250_000)}}`)]).toEqual([
      null,
      'tooMuch',
    ]);
  });

  it('takes 4,000,000 values, and not one more', () => {
    expect([problemOf(','.repeat(4_000_000)), problemOf(','.repeat(4_000_001))]).toEqual([null, 'tooMuch']);
  });

  it('takes 10,000 numbers that JSON does not have, and not many more', () => {
    expect([problemOf('NaN '.repeat(10_000)), problemOf('NaN '.repeat(10_001))]).toEqual([null, 'tooMuch']);
  });

  it('goes 100 levels deep, of lists and objects, and does not count what is closed again', () => {
    const deep = (levels: number): string => '[{'.repeat(levels / 2);
    expect([problemOf(deep(100)), problemOf(`${deep(100)}[`)]).toEqual([null, 'tooDeep']);
    expect(problemOf('[{}]'.repeat(200))).toBeNull();
  });

  it('answers the text of a refused file as it came', () => {
    const deep = `NaN${'['.repeat(101)}`;
    expect(scanJson(deep)).toEqual({ problem: 'tooDeep', text: deep, replaced: [] });
    const much = `NaN${'[]'.repeat(250_001)}`;
    expect(scanJson(much)).toEqual({ problem: 'tooMuch', text: much, replaced: [] });
  });

  it.each([
    ['{"a": NaN, "b": [Infinity,-Infinity]}', '{"a": null, "b": [null,null]}', ['NaN', 'Infinity', '-Infinity']],
    ['[NaN,NaN]', '[null,null]', ['NaN']],
    ['["NaN", "a\\"NaN", "\\\\", NaN]', '["NaN", "a\\"NaN", "\\\\", null]', ['NaN']],
    ['[-1, 1]', '[-1, 1]', []],
    ['[Nothing, Inf]', '[Nothing, Inf]', []],
    ['"NaN', '"NaN', []],
    ['', '', []],
  ])('puts null in the place of numbers that JSON does not have: %s', (given, text, replaced) => {
    expect(scanJson(given)).toEqual({ problem: null, text, replaced });
  });
});
