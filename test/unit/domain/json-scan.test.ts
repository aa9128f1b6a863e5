import { describe, expect, it } from 'vitest';

import { scanJson } from '../../../shared/domain/notebook/json-scan.ts';

const LIMITS = { depth: 4, parts: 8, values: 8, replaced: 8 };
const problemOf = (text: string) => scanJson(text, LIMITS).problem;

describe('a look over JSON before it is parsed', () => {
  it.each([
    ['lists', '[]'],
    ['objects', '{}'],
    ['fields', '"a":'],
    ['values', ','],
    ['numbers that JSON does not have', 'NaN '],
  ])('takes %s up to the limit, and not one more', (_, part) => {
    expect([problemOf(part.repeat(8)), problemOf(part.repeat(9))]).toEqual([null, 'tooMuch']);
  });

  it('goes as deep as the limit, of lists and objects, and does not count what is closed again', () => {
    expect([problemOf('[{[{'), problemOf('[{[{[')]).toEqual([null, 'tooDeep']);
    expect(problemOf('[{}]'.repeat(4))).toBeNull();
  });

  it('answers the text of a refused file as it came', () => {
    const deep = 'NaN[[[[[';
    expect(scanJson(deep, LIMITS)).toEqual({ problem: 'tooDeep', text: deep, replaced: [] });
    const much = `NaN${'[]'.repeat(9)}`;
    expect(scanJson(much, LIMITS)).toEqual({ problem: 'tooMuch', text: much, replaced: [] });
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
