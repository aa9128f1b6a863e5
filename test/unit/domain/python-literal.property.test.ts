import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pythonLiteral } from '../../../shared/domain/notebook/python-literal.ts';
import { anyText, holds, textsOf } from '../properties.ts';

const MEGABYTE = 1_000_000;

/** What both languages write alike, but for their constants; Python has no half of a character. */
const asPython = (value: unknown): string =>
  value === null
    ? 'None'
    : typeof value === 'boolean'
      ? value
        ? 'True'
        : 'False'
      : Array.isArray(value)
        ? `[${value.map(asPython).join(', ')}]`
        : typeof value === 'object'
          ? `{${Object.entries(value)
              .map(([name, inner]) => `${JSON.stringify(name)}: ${asPython(inner)}`)
              .join(', ')}}`
          : JSON.stringify(value);

describe('a Python literal', () => {
  it('is read from any text without an exception, and is a value of JSON', () => {
    const text = fc.oneof(
      anyText,
      textsOf('0', '1', '9', '_', '.', 'e', 'E', '+', '-', 'x', 'X', 'f', '[', ']', ',', ' '),
      textsOf('[', ']', '(', ')', '{', '}', ',', ':', '"', "'", '"""', '\\', '\n', '#', 'True', 'None', '1', 'r', ' '),
    );
    holds(
      fc.property(text, (source) => {
        const read = pythonLiteral(source, 0);
        if (read === null) return;
        expect(read.end).toBeLessThanOrEqual(source.length);
        expect(() => JSON.parse(JSON.stringify(read.value)) as unknown).not.toThrow();
      }),
      2000,
    );
  });

  it('has the value that Python would give it', () => {
    holds(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.stringify(pythonLiteral(asPython(value), 0)?.value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    ['blanks', ' '],
    ['wrapped lines', '\\\n'],
    ['comments in a list', '[#\n'],
    ['blank lines in a list', '[\n'],
    ['digits', '1'],
    ['underscores', '1_'],
    ['hexadecimal digits', '0xf'],
    ['a string', '"x'],
    ['backslashes', '"\\'],
  ])('is looked for in a megabyte of %s', (_, start) => {
    const text = start + start.slice(-2).repeat(MEGABYTE);
    expect(pythonLiteral(text, 0)).toBeNull();
    expect(pythonLiteral(`${text}x`, 0)).toBeNull();
  });
});
