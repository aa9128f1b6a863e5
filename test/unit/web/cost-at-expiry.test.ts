import { describe, expect, it } from 'vitest';

import { costAtExpiry } from '../../../web/components/cost-so-far.tsx';

const lease = {
  cost: {
    hourly: 1.5,
    parts: { ec2: 1.5, emr: 0, ebs: 0, ipv4: 0, spot: 0 },
    currency: 'USD',
    since: '2026-11-28T06:00:00.000Z',
    until: null,
  },
  isActive: true,
  termination: null,
  expiresAt: '2026-11-28T14:00:00.000Z',
};

describe('the cost at expiry', () => {
  it('is the hourly rate from the start to the expiry', () => {
    expect(costAtExpiry(lease)).toEqual([{ label: 'Cost at expiry', value: '$12.00' }]);
  });

  it.each([
    ['has ended', { ...lease, isActive: false }],
    ['is to be terminated', { ...lease, termination: {} }],
    ['was not launched yet', { ...lease, cost: { ...lease.cost, since: null } }],
  ])('is left out of one that %s', (_what, other) => {
    expect(costAtExpiry(other)).toEqual([]);
  });
});
