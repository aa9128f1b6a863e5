import { describe, expect, it } from 'vitest';

import { usualCost } from '../../../web/lib/usual-cost.ts';

const mine = { ownerId: 'alice', size: 2 };

const ended = (soFar: number, other: object = {}) => ({
  ...mine,
  startedAt: '2026-11-23T21:00:00.000Z',
  cost: { soFar },
  ...other,
});

describe('the usual cost of a cluster or session', () => {
  it('is the median of the last ten of the same person and size', () => {
    expect(usualCost([ended(4), ended(1), ended(2)], mine)).toEqual({ amount: 2, count: 3 });
    const twelve = Array.from({ length: 12 }, (_, at) => ended(at < 10 ? 1 : 100));
    expect(usualCost(twelve, mine)).toEqual({ amount: 1, count: 10 });
  });

  it('is not told from fewer than three that have ended', () => {
    const others = [
      ended(9, { ownerId: 'bob' }),
      ended(9, { size: 3 }),
      ended(0, { startedAt: null }),
      ended(9, { cost: {} }),
    ];
    expect(usualCost([...others, ended(1), ended(2)], mine)).toBeNull();
  });
});
