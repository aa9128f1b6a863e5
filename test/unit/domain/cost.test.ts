import { describe, expect, it } from 'vitest';

import { clusterRate, costBetween, priceBasis, totalCost, type ClusterMakeUp } from '../../../shared/domain/cost.ts';
import { PRICE_TABLE } from '../../../shared/domain/price-table.ts';
import { instancePrice, pricesIn, tableOf, type RegionPrices } from '../../../shared/domain/prices.ts';
import { serverlessCost, serverlessPrice, serverlessRate } from '../../../shared/domain/serverless-cost.ts';

const PRICES: RegionPrices = {
  region: 'us-test-1',
  sources: {
    list: { asOf: '2026-11-01', what: 'AWS price list' },
    market: { asOf: '2026-10-01', what: 'EC2 spot price history' },
    rule: { asOf: '2026-11-02', what: 'a rule', isDerived: true },
  },
  emrFrom: 'list',
  spotFrom: 'market',
  gp3: { gbMonth: 0.073, from: 'list' },
  publicIpv4: { hour: 0.005, from: 'list' },
  serverless: {
    x86_64: { vCpuHour: 0.05, memoryGbHour: 0.006, storageGbHour: 0.0001, from: 'list' },
    arm64: { vCpuHour: 0.04, memoryGbHour: 0.005, storageGbHour: 0.0001, from: 'list' },
  },
  instances: {
    'm.big': { ec2: 0.2, emr: 0.05, from: 'list' },
    'c.big': { ec2: 0.1, emr: 0.02, spot: 0.04, from: 'list' },
    'r.big': { ec2: 0.3, emr: 0.06, from: 'rule' },
  },
};

const MAKE_UP: ClusterMakeUp = {
  master: 'm.big',
  core: 'c.big',
  useSpot: false,
  maximumSpotPercent: 100,
  hasPublicAddresses: true,
};

const rate = (size: number, makeUp: Partial<ClusterMakeUp> = {}) =>
  clusterRate(PRICES, { ...MAKE_UP, ...makeUp }, size);

describe('the rate of a cluster', () => {
  it('is of the master alone for size 1, with 168 GB of disks and an address', () => {
    expect(rate(1)).toEqual({
      hourly: 0.2718,
      parts: { ec2: 0.2, emr: 0.05, ebs: 0.0168, ipv4: 0.005, spot: 0 },
    });
  });

  it('is of master and workers above', () => {
    expect(rate(3).parts).toEqual({ ec2: 0.5, emr: 0.11, ebs: 0.0672, ipv4: 0.02, spot: 0 });
  });

  it('has no addresses in private subnets', () => {
    expect(rate(3, { hasPublicAddresses: false }).parts.ipv4).toBe(0);
  });

  it('has the EC2 price of spot workers at the recorded spot price, and EMR’s charge in full', () => {
    expect(rate(3, { useSpot: true }).parts).toEqual({ ec2: 0.3, emr: 0.11, ebs: 0.0672, ipv4: 0.02, spot: 0.08 });
  });

  it.each([
    ['the market asks more than the stage bids', { maximumSpotPercent: 39 }, 0.2],
    ['the stage bids just what the market asks', { maximumSpotPercent: 40 }, 0.08],
    ['no spot price is recorded', { core: 'm.big' }, 0.4],
  ])('where %s', (_, makeUp, dollars) => {
    expect(rate(3, { useSpot: true, ...makeUp }).parts.spot).toBe(dollars);
  });

  it('is the sum of its parts', () => {
    const {
      hourly,
      parts: { ec2, emr, ebs, ipv4, spot },
    } = rate(7, { useSpot: true });
    expect(ec2 + emr + ebs + ipv4 + spot).toBeCloseTo(hourly, 6);
  });

  it('names the instance type and the Region that have no price', () => {
    expect(() => rate(1, { core: 'x9.huge' })).toThrow(
      expect.objectContaining({
        name: 'NoPrice',
        message: "There is no price for 'x9.huge' in us-test-1.",
        evidence: { region: 'us-test-1', instanceType: 'x9.huge' },
      }),
    );
    expect(() => instancePrice(PRICES, 'constructor')).toThrow(/constructor/);
    expect(() => pricesIn(PRICE_TABLE, 'us-moon-1')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/no prices for Region us-moon-1, only for .*, eu-west-1, .* `npm run prices`/),
        evidence: { region: 'us-moon-1' },
      }),
    );
  });

  it('is as old as the oldest price in it, and derived as soon as one is', () => {
    expect(priceBasis(PRICES, MAKE_UP)).toEqual({ asOf: '2026-11-01', source: 'AWS price list', isDerived: false });
    expect(priceBasis(PRICES, { ...MAKE_UP, useSpot: true }).asOf).toBe('2026-10-01');
    expect(priceBasis(PRICES, { ...MAKE_UP, core: 'r.big' })).toMatchObject({
      source: 'AWS price list, a rule',
      isDerived: true,
    });
  });
});

describe('billed time', () => {
  const SINCE = '2026-11-01T06:00:00.000Z';

  it.each([
    ['2026-11-01T06:00:00.000Z', 0.06],
    ['2026-11-01T06:00:59.000Z', 0.06],
    ['2026-11-01T06:01:00.000Z', 0.06],
    ['2026-11-01T06:01:01.000Z', 0.061],
    ['2026-11-03T06:00:00.000Z', 172.8],
  ])('is by the second, a minute at least: until %s at 3.60 an hour costs %d', (until, dollars) => {
    expect(costBetween(3.6, SINCE, until)).toBe(dollars);
  });

  it('is exact to the cent over a week', () => {
    expect(totalCost(rate(30).hourly, 168)).toBeCloseTo(168 * (0.2718 + 30 * 0.1418), 4);
  });
});

describe('EMR Serverless', () => {
  it('is billed by vCPU, memory and storage', () => {
    const usage = { vCpuHours: 10, memoryGbHours: 40, storageGbHours: 100 };
    expect(serverlessCost(serverlessPrice(PRICES, 'x86_64'), usage)).toBe(0.75);
    expect(serverlessCost(serverlessPrice(PRICES, 'arm64'), usage)).toBe(0.61);
  });

  it.each([
    [20, 0.888],
    [120, 0.928],
  ])('has 20 GB of storage free with each worker: with %d GB four workers cost %d an hour', (storageGb, hourly) => {
    const price = serverlessPrice(PRICES, 'x86_64');
    expect(serverlessRate(price, { vCpu: 3, memoryGb: 12, storageGb }, 4)).toMatchObject({
      hourly,
      parts: { emr: hourly, ec2: 0 },
    });
  });

  it('names the Region that has no price', () => {
    const { serverless: _, ...without } = PRICES;
    expect(() => serverlessPrice(without, 'arm64')).toThrow(/EMR Serverless in us-test-1/);
  });
});

describe('the price table', () => {
  it('names a source for each price', () => {
    for (const { emrFrom, spotFrom, gp3, publicIpv4, serverless, instances } of Object.values(PRICE_TABLE.regions)) {
      const priced = [gp3, publicIpv4, ...Object.values(serverless ?? {}), ...Object.values(instances)];
      const named = [emrFrom, spotFrom ?? emrFrom, ...priced.map(({ from }) => from)];
      for (const source of named) expect(Object.keys(PRICE_TABLE.sources)).toContain(source);
    }
  });

  it('is cut to one Region and its sources', () => {
    const { regions, sources } = tableOf(PRICE_TABLE, 'sa-east-1');
    expect(regions).toEqual({ 'sa-east-1': PRICE_TABLE.regions['sa-east-1'] });
    expect(Object.keys(sources).toSorted()).toEqual(['arm-rule', 'cortex', 'emr-rule', 'perfkit', 'vpc']);
    expect(tableOf(PRICE_TABLE, 'us-moon-1')).toStrictEqual({ currency: 'USD', sources: {}, regions: {} });
  });
});
