import { describe, expect, it } from 'vitest';

import { freeIdentifier, IDENTIFIER_PATTERN } from '../../../shared/domain/identifier.ts';

describe('an identifier', () => {
  it.each([
    [[], 'a'],
    [['b', 'a-2'], 'a'],
    [['a'], 'a-2'],
    [['a', 'a-2', 'a-4'], 'a-3'],
  ])('with %j taken becomes %s', (taken, expected) => {
    expect(freeIdentifier('a', new Set(taken))).toBe(expected);
  });

  it('stays one where it is as long as it may be', () => {
    const longest = 'x'.repeat(100);
    const free = freeIdentifier(longest, new Set([longest]));
    expect(free).toBe(`${'x'.repeat(98)}-2`);
    expect(free).toMatch(IDENTIFIER_PATTERN);
  });
});
