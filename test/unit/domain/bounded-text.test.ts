import { describe, expect, it } from 'vitest';

import { beginningOf, bytesOf } from '../../../shared/domain/bounded-text.ts';

describe('the beginning of a text', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['exactly ten', 10, 'exactly…'],
    ['grüße', 6, 'gr…'],
    ['grüße', 7, 'grüße'],
    ['😀😀😀', 11, '😀😀…'],
    ['😀😀😀', 10, '😀…'],
    ['', 3, ''],
  ])('%j in %i bytes is %j', (text, bytes, expected) => {
    expect(beginningOf(text, bytes)).toBe(expected);
    expect(bytesOf(beginningOf(text, bytes))).toBeLessThanOrEqual(bytes);
  });
});
