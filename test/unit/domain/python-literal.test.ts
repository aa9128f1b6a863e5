import { describe, expect, it } from 'vitest';

import { pythonLiteral } from '../../../shared/domain/notebook/python-literal.ts';

/** The value as JSON; null where there is no literal. */
const read = (text: string): string | null => {
  const literal = pythonLiteral(text, 0);
  return literal === null ? null : JSON.stringify(literal.value);
};

describe('a Python literal', () => {
  it.each([
    ['+5', '5'],
    ['-7', '-7'],
    ['-.5', '-0.5'],
    ['1.e3', '1.0e3'],
    ['2.5E-3', '2.5E-3'],
    ['1_0.5_0', '10.50'],
    ['00', '0'],
    ['-00.5', '-0.5'],
    ['0.05', '0.05'],
    ['0XfF', '255'],
    ['+0x10', '16'],
    ['0x_f_f', '255'],
    ['-0x8000000000000000', '-9223372036854775808'],
  ])('is a number in the digits of JSON: %s', (text, json) => {
    expect(read(text)).toBe(json);
  });

  it.each([
    [String.raw`"\x41\u00e9\U0001F600"`, 'Aé😀'],
    [String.raw`'\t\r\n\b\f\0'`, '\t\r\n\b\f\0'],
    [String.raw`'it\'s \"q\" \\'`, `it's "q" \\`],
    ['"one \\\nline"', 'one line'],
    [String.raw`"\d \N{BULLET} \xZZ"`, String.raw`\d \N{BULLET} \xZZ`],
    [String.raw`r"\n\d"`, String.raw`\n\d`],
    [String.raw`R'\''`, String.raw`\'`],
    [`'''it's "two"\nlines'''`, `it's "two"\nlines`],
    ['""', ''],
    ['""""""', ''],
    ["'a # b; c'", 'a # b; c'],
  ])('is a text as Python reads it: %s', (text, value) => {
    expect(read(text)).toBe(JSON.stringify(value));
  });

  it.each([
    ['[]', '[]'],
    ['[ 1 , 2 , ]', '[1,2]'],
    ['[1, # one\n 2]', '[1,2]'],
    ['( )', '[]'],
    ['(1,)', '[1]'],
    ['(1, 2,)', '[1,2]'],
    ['{ }', '{}'],
    [`{ 'a' : 1 , "b":[True, None], }`, '{"a":1,"b":[true,null]}'],
    ['{"a": 1, # one\n "b": {"c": False}}', '{"a":1,"b":{"c":false}}'],
    ['{"a": 1, "a": 2}', '{"a":2}'],
  ])('is a list or a dictionary: %j', (text, json) => {
    expect(read(text)).toBe(json);
  });

  it.each([
    ...['[1 2]', '[,]', '[1,,2]', '[1', '[1,', '(1', '(1,', '("a")', '[1)', '[x]', '(x,)'],
    ...['{"a" 1}', '{"a": }', '{"a": 1 "b": 2}', '{"a": 1', '{1: 2}', '{"a"', '{', '{"a": x}', '{"a", "b"}'],
    ...['"open', `'open\n'`, `'''open''`, '"ends in \\"', `b'x'`, `f"x"`, `u'x'`],
    ...[
      'Trueish',
      'true',
      'null',
      'NaN',
      'x',
      '',
      '-',
      '1 + 1',
      '1 if x else 2',
      '1.2.3',
      '1e',
      '0x',
      '0x_',
      '-0x_',
      '3j',
      '- 1',
    ],
  ])('is not %j, which is computed or no value of JSON', (text) => {
    expect(read(text)).toBeNull();
  });

  it.each([
    ['a comment', '1 # one'],
    ['another statement', '1; y = 2'],
    ['a new line', '1\ny = 2'],
    ['a new line of Windows', '1\r\ny = 2'],
    ['blanks', '1 \t '],
    ['nothing', '1'],
  ])('ends with %s', (_, text) => {
    expect(read(text)).toBe('1');
  });

  it.each([' 1', '\t1', '\\\n 1', '\\\r\n1'])('begins after blanks and continued lines: %j', (text) => {
    expect(read(text)).toBe('1');
    expect(read('\n1')).toBeNull();
  });

  it('tells where it ends, blanks included', () => {
    expect(pythonLiteral('x = [1]  # one', 3)).toMatchObject({ end: 9 });
    expect(pythonLiteral("x = 'a'", 3)).toMatchObject({ end: 7 });
  });

  it('is nested ten levels deep at most', () => {
    const lists = (levels: number): string => '['.repeat(levels) + '1' + ']'.repeat(levels);
    const dictionaries = (levels: number): string => '{"a": '.repeat(levels) + '1' + '}'.repeat(levels);
    expect([read(lists(10)), read(lists(11))]).toEqual([lists(10), null]);
    expect([read(dictionaries(10)), read(dictionaries(11))]).toEqual([dictionaries(10).replaceAll(' ', ''), null]);
  });

  it.each(['', '['])('is looked for in as many blanks as a notebook can have, after %j', (start) => {
    expect(read(start + ' '.repeat(20 * 1024 * 1024))).toBeNull();
  });
});
