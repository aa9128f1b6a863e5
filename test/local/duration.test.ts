import { describe, expect, it } from 'vitest';

import { parseDuration } from '../../local/duration.ts';

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT7H', 7 * 3_600_000],
    ['P1DT12H', 36 * 3_600_000],
    ['P2W', 14 * 24 * 3_600_000],
    ['PT1M30.5S', 90_500],
    ['PT0S', 0],
  ])('%s is read', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', 'P', 'PT', '7H', 'P1Y', 'P1M', 'PT-1H', '-PT1H', 'PT1H ', 'pt1h', 'P1DT'])('%j is refused', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
