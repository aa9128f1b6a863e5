import { describe, expect, it } from 'vitest';

import { clusterRate, totalCost } from '../../../shared/domain/cost.ts';
import { PRICE_TABLE } from '../../../shared/domain/price-table.ts';
import { pricesIn } from '../../../shared/domain/prices.ts';

/**
 * A master and ten workers of one type for a day: 11 nodes x 24 hours = 264 node hours. Worked out with decimal fractions from the
 * published prices below, not by the code: 264 x (EC2 + EMR + 168 GB x gp3 / 730 hours + 0.005 for the public address).
 * For m5.xlarge in us-east-1: 264 x (0.192 + 0.048 + 168 x 0.08 / 730 + 0.005) = 264 x 0.26341096 = 69.54 dollars.
 * Columns: instance type, EC2, EMR (25 % of the EC2 price in us-east-1), dollars for the day.
 */
const GOLDEN: readonly {
  readonly region: string;
  readonly gp3: number;
  readonly prices: readonly (readonly [string, number, number, number])[];
}[] = [
  {
    region: 'us-east-1',
    gp3: 0.08,
    prices: [
      ['m5.xlarge', 0.192, 0.048, 69.54],
      ['m6g.2xlarge', 0.308, 0.077, 107.82],
      ['m6i.4xlarge', 0.768, 0.192, 259.62],
      ['m7g.xlarge', 0.1632, 0.0408, 60.04],
      ['c5.xlarge', 0.17, 0.043, 62.41],
      ['c6g.large', 0.068, 0.017, 28.62],
      ['c6i.2xlarge', 0.34, 0.085, 118.38],
      ['r5.4xlarge', 1.008, 0.252, 338.82],
      ['r6g.xlarge', 0.2016, 0.0504, 72.71],
      ['r6i.2xlarge', 0.504, 0.126, 172.5],
    ],
  },
  {
    region: 'eu-west-1',
    gp3: 0.088,
    prices: [
      ['m5.xlarge', 0.214, 0.048, 75.83],
      ['m6g.2xlarge', 0.344, 0.077, 117.81],
      ['m6i.4xlarge', 0.856, 0.192, 283.34],
      ['m7g.xlarge', 0.1819, 0.0408, 65.46],
      ['c5.xlarge', 0.192, 0.043, 68.71],
      ['c6g.large', 0.073, 0.017, 30.43],
      ['c6i.2xlarge', 0.3648, 0.085, 125.41],
      ['r5.4xlarge', 1.128, 0.252, 370.99],
      ['r6g.xlarge', 0.2256, 0.0504, 79.53],
      ['r6i.2xlarge', 0.564, 0.126, 188.83],
    ],
  },
  {
    region: 'ap-south-1',
    gp3: 0.0912,
    prices: [
      ['m5.xlarge', 0.202, 0.048, 72.86],
      ['m6g.2xlarge', 0.2024, 0.077, 80.62],
      ['m6i.4xlarge', 0.808, 0.192, 270.86],
      ['m7g.xlarge', 0.1166, 0.0408, 48.41],
      ['c5.xlarge', 0.17, 0.043, 63.09],
      ['c6g.large', 0.0426, 0.017, 22.6],
      ['c6i.2xlarge', 0.34, 0.085, 119.06],
      ['r5.4xlarge', 1.04, 0.252, 347.95],
      ['r6g.xlarge', 0.13, 0.0504, 54.49],
      ['r6i.2xlarge', 0.52, 0.126, 177.4],
    ],
  },
  {
    region: 'ap-northeast-1',
    gp3: 0.096,
    prices: [
      ['m5.xlarge', 0.248, 0.048, 85.3],
      ['m6g.2xlarge', 0.396, 0.077, 132.02],
      ['m6i.4xlarge', 0.992, 0.192, 319.73],
      ['m7g.xlarge', 0.2108, 0.0408, 73.57],
      ['c5.xlarge', 0.214, 0.043, 75.0],
      ['c6g.large', 0.0856, 0.017, 34.24],
      ['c6i.2xlarge', 0.428, 0.085, 142.58],
      ['r5.4xlarge', 1.216, 0.252, 394.7],
      ['r6g.xlarge', 0.2432, 0.0504, 84.66],
      ['r6i.2xlarge', 0.608, 0.126, 200.93],
    ],
  },
  {
    region: 'ca-central-1',
    gp3: 0.088,
    prices: [
      ['m5.xlarge', 0.214, 0.048, 75.83],
      ['m6g.2xlarge', 0.3424, 0.077, 117.39],
      ['m6i.4xlarge', 0.856, 0.192, 283.34],
      ['m7g.xlarge', 0.1819, 0.0408, 65.46],
      ['c5.xlarge', 0.186, 0.043, 67.12],
      ['c6g.large', 0.0744, 0.017, 30.8],
      ['c6i.2xlarge', 0.372, 0.085, 127.31],
      ['r5.4xlarge', 1.104, 0.252, 364.65],
      ['r6g.xlarge', 0.2208, 0.0504, 78.26],
      ['r6i.2xlarge', 0.552, 0.126, 185.66],
    ],
  },
];

const DAY = 24;

describe.each(GOLDEN)('a day of master and ten workers in $region', ({ region, gp3, prices }) => {
  const table = pricesIn(PRICE_TABLE, region);

  it.each(prices)('of %s at %d + %d costs %d dollars', (instanceType, ec2, emr, dollars) => {
    const makeUp = {
      master: instanceType,
      core: instanceType,
      useSpot: false,
      maximumSpotPercent: 100,
      hasPublicAddresses: true,
    };
    expect(table.instances[instanceType]).toMatchObject({ ec2, emr });
    expect(table.gp3.gbMonth).toBe(gp3);
    expect(totalCost(clusterRate(table, makeUp, 10).hourly, DAY).toFixed(2)).toBe(dollars.toFixed(2));
  });
});
