import { afterEach, describe, expect, it, vi } from 'vitest';

import { isExactNumber, numberFrom, parseExactJson } from '../../../shared/domain/exact-json.ts';

describe('a number of JSON', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it.each(['7', '-1', '0.5', '1e+21'])(
    'is a plain one where JavaScript writes it in the same digits: %s',
    (literal) => {
      expect(numberFrom(literal)).toBe(Number(literal));
      expect(isExactNumber(numberFrom(literal))).toBe(false);
    },
  );

  it.each(['1.0', '-0', '1E5', '9223372036854775807', '1e400'])(
    'keeps its digits where JavaScript would not: %s',
    (literal) => {
      expect(isExactNumber(numberFrom(literal))).toBe(true);
      expect(JSON.stringify(numberFrom(literal))).toBe(literal);
    },
  );

  it('is found anywhere in a text, and nothing else is changed', () => {
    const text = '{"a":[1.0,2],"b":"1.0","c":null,"d":true}';
    const parsed = parseExactJson(text) as { a: unknown[] };
    expect(JSON.stringify(parsed)).toBe(text);
    expect(parsed.a.map(isExactNumber)).toEqual([true, false]);
    expect(() => parseExactJson('{')).toThrow(SyntaxError);
  });

  it('is a plain one in a browser that knows no digits', () => {
    vi.spyOn(JSON, 'parse').mockImplementation((_text, reviver) => reviver?.call({}, '', 1) as unknown);
    expect(parseExactJson('1.0')).toBe(1);
  });
});
