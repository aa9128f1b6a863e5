import { describe, expect, it } from 'vitest';

import { clusterPricing, instanceTypeCheck } from '../../../functions/adapters/cluster-pricing.ts';
import { settingsOf } from '../../fakes/settings.ts';

const REGION = { region: 'eu-west-1', emrHasPublicAddresses: 'true' };

const spot = (maximumPricePercent: number) => ({ isEnabled: true, maximumPricePercent });
const settings = settingsOf({ masterInstanceType: 'm5.xlarge', coreInstanceType: 'm7g.xlarge' });

const parts = (size: number, changes: Partial<typeof settings> = {}, region: Partial<typeof REGION> = {}) =>
  clusterPricing({ ...REGION, ...region }).rateOf({ ...settings, ...changes }, size).parts;

describe('the prices of a deployment', () => {
  it('are those of its Region, of the instance types in the settings and of its network', () => {
    // 0.214 and 0.1819 are EC2's prices there, 0.048 and 0.0408 EMR's.
    expect(parts(2)).toMatchObject({ ec2: 0.5778, emr: 0.1296, ipv4: 0.015, spot: 0 });
    expect(parts(2, {}, { region: 'us-east-1' }).ec2).toBe(0.5184);
    expect(parts(2, {}, { emrHasPublicAddresses: 'false' }).ipv4).toBe(0);
    expect(parts(1, { masterInstanceType: 'm7g.xlarge' }).ec2).toBe(0.1819);
  });

  it('take workers at the spot price where spot is on, and the market asks no more than the settings bid', () => {
    expect(parts(2, { spot: spot(100) })).toMatchObject({ ec2: 0.3959, spot: 0.0984 });
    expect(parts(2, { spot: spot(50) })).toMatchObject({ spot: 0.1819 });
  });

  it('are looked up only when they are asked for, so that a function without them still lists and ends clusters', () => {
    const pricing = clusterPricing({ ...REGION, region: 'us-moon-1' });
    expect(() => pricing.rateOf(settings, 1)).toThrow(/no prices for Region us-moon-1/);
    expect(() => pricing.basis(settings)).toThrow(/us-moon-1/);
  });

  it('say how old they are and where from', () => {
    expect(clusterPricing(REGION).basis(settings)).toEqual({
      asOf: '2022-09-03',
      source: 'cortexlabs/cortex, skypilot-org/skypilot-catalog',
      isDerived: true,
    });
  });
});

describe('the terms of a launch', () => {
  const pricing = clusterPricing(REGION);

  it('are the rate and what the settings say, with their version', () => {
    const current = settingsOf({ version: 4, accountingTags: { CostCenter: '4711' } });
    expect(pricing.terms(current, 3)).toEqual({
      rate: pricing.rateOf(current, 3),
      launchSettings: {
        settingsVersion: 4,
        masterInstanceType: 'm7g.xlarge',
        coreInstanceType: 'm7g.2xlarge',
        spot: null,
        accountingTags: { CostCenter: '4711' },
      },
    });
  });

  it('have a fleet of similar types that the Region offers, where spot is on', () => {
    const { launchSettings } = pricing.terms(settingsOf({ spot: spot(70) }), 3);
    // eu-west-1 has no price of m8g and r7g.
    expect(launchSettings.spot).toEqual({
      maximumPricePercent: 70,
      instanceTypes: ['m7g.2xlarge', 'm6g.2xlarge', 'r6g.2xlarge'],
    });
  });
});

describe('an instance type', () => {
  it('is one that has a price in the Region, else the types that have are named', () => {
    const problemOf = instanceTypeCheck(REGION);
    expect(problemOf('m7g.xlarge')).toBeNull();
    expect(problemOf('m8g.xlarge')).toMatch(/'m8g.xlarge' has no price in eu-west-1. Choose one of .*m7g.xlarge/);
    expect(problemOf('constructor')).toMatch(/no price/);
  });
});
