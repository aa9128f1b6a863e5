import { describe, expect, it } from 'vitest';

import { clusterPricing } from '../../../functions/adapters/cluster-pricing.ts';

const SETTINGS = {
  region: 'eu-west-1',
  emrMasterInstanceType: 'm5.xlarge',
  emrCoreInstanceType: 'm7g.xlarge',
  emrUseSpot: 'false',
  emrSpotMaxPricePercent: '100',
  emrHasPublicAddresses: 'true',
};

const parts = (size: number, settings: Partial<typeof SETTINGS> = {}) =>
  clusterPricing({ ...SETTINGS, ...settings }).rateOf(size).parts;

describe('the prices of a deployment', () => {
  it('are those of its Region, its instance types and its network', () => {
    // 0.214 and 0.1819 are EC2's prices there, 0.048 and 0.0408 EMR's.
    expect(parts(2)).toMatchObject({ ec2: 0.5778, emr: 0.1296, ipv4: 0.015, spot: 0 });
    expect(parts(2, { region: 'us-east-1' }).ec2).toBe(0.5184);
    expect(parts(2, { emrHasPublicAddresses: 'false' }).ipv4).toBe(0);
  });

  it('take workers at the spot price where spot is on, and the market asks no more than the stage bids', () => {
    expect(parts(2, { emrUseSpot: 'true' })).toMatchObject({ ec2: 0.3959, spot: 0.0984 });
    expect(parts(2, { emrUseSpot: 'true', emrSpotMaxPricePercent: '50' })).toMatchObject({ spot: 0.1819 });
  });

  it('are looked up only when they are asked for, so that a function without them still lists and ends clusters', () => {
    const pricing = clusterPricing({ ...SETTINGS, region: 'us-moon-1' });
    expect(() => pricing.rateOf(1)).toThrow(/no prices for Region us-moon-1/);
    expect(() => pricing.basis()).toThrow(/us-moon-1/);
  });

  it('say how old they are and where from', () => {
    expect(clusterPricing(SETTINGS).basis()).toEqual({
      asOf: '2022-09-03',
      source: 'cortexlabs/cortex, skypilot-org/skypilot-catalog',
      isDerived: true,
    });
  });
});
