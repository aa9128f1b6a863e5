import { describe, expect, it } from 'vitest';

import { listedPrices, readEntry, withSpotPrices, type RegionEntries } from '../../../infra/prices/price-list.ts';
import type { ListedPrices } from '../../../shared/domain/prices.ts';
import { ec2Product, emrProduct, gp3Product, serverlessProduct, vpcProduct } from '../../fakes/price-list.ts';

const REGION = 'us-east-1';
const read = (texts: readonly string[]) => texts.map(readEntry);

/** us-east-1's usage types have no Region before them, but for some services. */
const entries = (changes: Partial<Record<keyof RegionEntries, readonly string[]>> = {}): RegionEntries => ({
  ec2: read(
    changes.ec2 ?? [
      ec2Product(REGION, '', 'm5.2xlarge', '0.3840000000'),
      ec2Product(REGION, '', 'm5.xlarge', '0.1920000000'),
      ec2Product(REGION, '', 'c7g.xlarge', '0.1450000000'),
    ],
  ),
  emr: read(
    changes.emr ?? [
      emrProduct(REGION, '', 'm5.xlarge', '0.0480000000'),
      emrProduct(REGION, '', 'm5.2xlarge', '0.0960000000'),
      emrProduct(REGION, '', 'c7g.xlarge', '0.0362500000'),
    ],
  ),
  gp3: read(changes.gp3 ?? [gp3Product(REGION, 'EBS:VolumeUsage.gp3', '0.0800000000')]),
  publicIpv4: read(
    changes.publicIpv4 ?? [
      vpcProduct(REGION, 'USE1-PublicIPv4:IdleAddress', '0.0060000000'),
      vpcProduct(REGION, 'USE1-PublicIPv4:InUseAddress', '0.0050000000'),
    ],
  ),
  serverless: read(
    changes.serverless ?? [
      serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-ARM-vCPUHours', '0.0420940000'),
      serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-vCPUHours', '0.0526240000'),
      serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-ARM-MemoryGBHours', '0.0046280000'),
      serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-MemoryGBHours', '0.0057785000'),
      serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-StorageGBHours', '0.0001110000'),
    ],
  ),
});

const pricesOf = (changes: Parameters<typeof entries>[0] = {}): ListedPrices => {
  const prices = listedPrices(entries(changes));
  if ('missing' in prices) throw new Error(prices.missing);
  return prices;
};

describe('the entries of a price list', () => {
  it('become the prices of a Region, families by name and sizes by price', () => {
    const prices = pricesOf();
    expect(prices).toEqual({
      emrFrom: 'aws',
      gp3: { gbMonth: 0.08, from: 'aws' },
      publicIpv4: { hour: 0.005, from: 'aws' },
      serverless: {
        x86_64: { vCpuHour: 0.052624, memoryGbHour: 0.0057785, storageGbHour: 0.000111, from: 'aws' },
        arm64: { vCpuHour: 0.042094, memoryGbHour: 0.004628, storageGbHour: 0.000111, from: 'aws' },
      },
      instances: {
        'c7g.xlarge': { ec2: 0.145, emr: 0.03625, from: 'aws' },
        'm5.xlarge': { ec2: 0.192, emr: 0.048, from: 'aws' },
        'm5.2xlarge': { ec2: 0.384, emr: 0.096, from: 'aws' },
      },
    });
    expect(Object.keys(prices.instances)).toEqual(['c7g.xlarge', 'm5.xlarge', 'm5.2xlarge']);
  });

  it.each([
    ['that EMR does not take', [ec2Product(REGION, '', 'm8g.xlarge', '0.1795')]],
    ['of no offered family', [ec2Product(REGION, '', 'p5.xlarge', '9'), emrProduct(REGION, '', 'p5.xlarge', '2')]],
    [
      'that is only reserved',
      [ec2Product(REGION, '', 'm6i.xlarge', null), emrProduct(REGION, '', 'm6i.xlarge', '0.048')],
    ],
    [
      'of a dedicated host',
      [ec2Product(REGION, 'Dedicated', 'm6i.xlarge', '0.2'), emrProduct(REGION, '', 'm6i.xlarge', '0.048')],
    ],
  ])('leave out an instance type %s', (_, more) => {
    const ec2 = [ec2Product(REGION, '', 'm5.xlarge', '0.192'), ...more.filter((text) => text.includes('AmazonEC2'))];
    const emr = [emrProduct(REGION, '', 'm5.xlarge', '0.048'), ...more.filter((text) => !text.includes('AmazonEC2'))];
    expect(Object.keys(pricesOf({ ec2, emr }).instances)).toEqual(['m5.xlarge']);
  });

  it('count the disks of the Region itself, not those of its local zones', () => {
    const gp3 = [
      gp3Product(REGION, 'USE1-BOS1-EBS:VolumeUsage.gp3', '0.096'),
      gp3Product(REGION, 'USE1-EBS:VolumeUsage.gp3', '0.08'),
    ];
    expect(pricesOf({ gp3 }).gp3.gbMonth).toBe(0.08);
  });

  it('have no EMR Serverless where one of its prices is missing', () => {
    const serverless = [serverlessProduct(REGION, 'USE1-EMR-SERVERLESS-vCPUHours', '0.0526240000')];
    expect(pricesOf({ serverless })).not.toHaveProperty('serverless');
  });

  it.each([
    ['gp3', 'price of gp3'],
    ['publicIpv4', 'price of public IPv4'],
    ['ec2', 'instance type with prices of EC2 and EMR'],
    ['emr', 'instance type with prices of EC2 and EMR'],
  ] as const)('without %s price no cluster', (part, missing) => {
    expect(listedPrices(entries({ [part]: [] }))).toEqual({ missing });
  });
});

describe('spot prices', () => {
  it('are those of the dearest zone', () => {
    const spot = [
      { instanceType: 'm5.xlarge', dollars: 0.07 },
      { instanceType: 'm5.xlarge', dollars: 0.09 },
      { instanceType: 'm5.xlarge', dollars: 0.08 },
    ];
    const { instances, spotFrom } = withSpotPrices(pricesOf(), spot);
    expect(instances['m5.xlarge']).toMatchObject({ ec2: 0.192, spot: 0.09 });
    expect(instances['m5.2xlarge']).not.toHaveProperty('spot');
    expect(spotFrom).toBe('aws-spot');
  });

  it('leave the prices as they are where there are none', () => {
    expect(withSpotPrices(pricesOf(), [])).toEqual(pricesOf());
  });
});
