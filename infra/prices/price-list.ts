import * as z from 'zod';

import type { InstancePrice, ListedPrices, ServerlessPrice } from '../../shared/domain/prices.ts';

/** What of a product in AWS's price list is read here. `GetProducts` answers each as JSON text. */
const priceListEntry = z.object({
  product: z.object({ attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          priceDimensions: z.record(
            z.string(),
            z.object({ beginRange: z.string().optional(), pricePerUnit: z.object({ USD: z.string().optional() }) }),
          ),
        }),
      )
      .default({}),
  }),
});

export type PriceListEntry = z.output<typeof priceListEntry>;

export const readEntry = (text: string): PriceListEntry => priceListEntry.parse(JSON.parse(text));

/** The entries of one Region, by what was asked for. */
export interface RegionEntries {
  readonly ec2: readonly PriceListEntry[];
  readonly emr: readonly PriceListEntry[];
  readonly gp3: readonly PriceListEntry[];
  readonly publicIpv4: readonly PriceListEntry[];
  readonly serverless: readonly PriceListEntry[];
}

/** Keys of the table's sources. */
export const FROM_PRICE_LIST = 'aws';
export const FROM_SPOT_HISTORY = 'aws-spot';

/** General, compute, memory and storage families that EMR 7 takes, in sizes that people use for a node. */
const OFFERED =
  /^([mcr](5|5a|6a|6g|6i|7a|7g|7i|8g)|i3|i3en|i4i|i4g|d3)\.(large|xlarge|2xlarge|4xlarge|8xlarge|12xlarge|16xlarge)$/;

const attribute = (entry: PriceListEntry, name: string): string => entry.product.attributes[name] ?? '';

/** US dollars on demand, of the first tier; null where there is no such price, as for products that are only reserved. */
const dollarsOf = ({ terms }: PriceListEntry): number | null => {
  const dimensions = Object.values(terms.OnDemand).flatMap(({ priceDimensions }) => Object.values(priceDimensions));
  const usd = dimensions.find(({ beginRange = '0' }) => beginRange === '0')?.pricePerUnit.USD;
  return usd === undefined ? null : Number(usd);
};

/** The price of the usage type that ends so: before it stands the Region's code, but for us-east-1. */
const dollarsForUsage = (entries: readonly PriceListEntry[], usage: string): number | null => {
  const found = entries.find((entry) => new RegExp(`^([A-Z0-9]+-)?${usage}$`).test(attribute(entry, 'usagetype')));
  return found === undefined ? null : dollarsOf(found);
};

const byInstanceType = (entries: readonly PriceListEntry[]): Map<string, number> =>
  new Map(
    entries
      .filter((entry) => /^([A-Z0-9]+-)?BoxUsage:/.test(attribute(entry, 'usagetype')))
      .flatMap((entry) => {
        const dollars = dollarsOf(entry);
        return dollars === null ? [] : [[attribute(entry, 'instanceType'), dollars] as const];
      }),
  );

const instancesOf = ({ ec2, emr }: RegionEntries): Record<string, InstancePrice> => {
  const charges = byInstanceType(emr);
  const priced = [...byInstanceType(ec2)].flatMap(([instanceType, dollars]) => {
    const charge = charges.get(instanceType);
    if (charge === undefined || !OFFERED.test(instanceType)) return [];
    return [[instanceType, { ec2: dollars, emr: charge, from: FROM_PRICE_LIST }] as const];
  });
  return Object.fromEntries(
    priced.toSorted(([one, { ec2: less }], [other, { ec2: more }]) => {
      const [family = '', otherFamily = ''] = [one, other].map((name) => name.split('.')[0]);
      return family === otherFamily ? less - more : family.localeCompare(otherFamily);
    }),
  );
};

const serverlessOf = (entries: readonly PriceListEntry[], architecture: '' | 'ARM-'): ServerlessPrice | null => {
  const vCpuHour = dollarsForUsage(entries, `EMR-SERVERLESS-${architecture}vCPUHours`);
  const memoryGbHour = dollarsForUsage(entries, `EMR-SERVERLESS-${architecture}MemoryGBHours`);
  const storageGbHour = dollarsForUsage(entries, 'EMR-SERVERLESS-StorageGBHours');
  if (vCpuHour === null || memoryGbHour === null || storageGbHour === null) return null;
  return { vCpuHour, memoryGbHour, storageGbHour, from: FROM_PRICE_LIST };
};

/** The prices of a Region, or the one without which no cluster can be priced. */
export const listedPrices = (entries: RegionEntries): ListedPrices | { readonly missing: string } => {
  const gbMonth = dollarsForUsage(entries.gp3, 'EBS:VolumeUsage\\.gp3');
  if (gbMonth === null) return { missing: 'price of gp3' };
  const hour = dollarsForUsage(entries.publicIpv4, 'PublicIPv4:InUseAddress');
  if (hour === null) return { missing: 'price of public IPv4' };
  const instances = instancesOf(entries);
  if (Object.keys(instances).length === 0) return { missing: 'instance type with prices of EC2 and EMR' };
  const [x86, arm64] = [serverlessOf(entries.serverless, ''), serverlessOf(entries.serverless, 'ARM-')];
  return {
    emrFrom: FROM_PRICE_LIST,
    gp3: { gbMonth, from: FROM_PRICE_LIST },
    publicIpv4: { hour, from: FROM_PRICE_LIST },
    ...(x86 === null || arm64 === null ? {} : { serverless: { x86_64: x86, arm64 } }),
    instances,
  };
};

/** A price of one instance type in one zone. */
export interface SpotPrice {
  readonly instanceType: string;
  readonly dollars: number;
}

/** The prices with the spot price of the dearest zone, so that no bill is above the estimate for the zone that EMR chose. */
export const withSpotPrices = (prices: ListedPrices, spot: readonly SpotPrice[]): ListedPrices => {
  const highest = new Map<string, number>();
  for (const { instanceType, dollars } of spot)
    highest.set(instanceType, Math.max(dollars, highest.get(instanceType) ?? 0));
  if (highest.size === 0) return prices;
  const instances = Object.entries(prices.instances).map(([instanceType, price]) => {
    const dollars = highest.get(instanceType);
    return [instanceType, dollars === undefined ? price : { ...price, spot: dollars }] as const;
  });
  return { ...prices, spotFrom: FROM_SPOT_HISTORY, instances: Object.fromEntries(instances) };
};
