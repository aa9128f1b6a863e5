import { paginateDescribeSpotPriceHistory, type EC2Client, type _InstanceType } from '@aws-sdk/client-ec2';
import { paginateGetAttributeValues, paginateGetProducts, type PricingClient } from '@aws-sdk/client-pricing';

import type { ListedPrices, PriceTable } from '../../shared/domain/prices.ts';
import {
  FROM_PRICE_LIST,
  FROM_SPOT_HISTORY,
  listedPrices,
  readEntry,
  withSpotPrices,
  type PriceListEntry,
  type RegionEntries,
  type SpotPrice,
} from './price-list.ts';

interface PriceReader {
  readonly pricing: PricingClient;
  readonly ec2In: (region: string) => EC2Client;
  readonly now: Date;
  /** Hears what was left out, and why. */
  readonly tell: (line: string) => void;
}

/** Regions, and neither local zones (`us-west-2-lax-1`) nor what is no place. */
const REGION = /^[a-z]{2}(-gov)?-[a-z]+-\d$/;

const products = async (
  pricing: PricingClient,
  ServiceCode: string,
  filters: Readonly<Record<string, string>>,
): Promise<PriceListEntry[]> => {
  const Filters = Object.entries(filters).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
  const entries: PriceListEntry[] = [];
  for await (const page of paginateGetProducts({ client: pricing }, { ServiceCode, Filters })) {
    const texts = (page.PriceList ?? []) as readonly unknown[];
    entries.push(...texts.map((text) => readEntry(String(text))));
  }
  return entries;
};

const entriesOf = async (pricing: PricingClient, regionCode: string): Promise<RegionEntries> => ({
  ec2: await products(pricing, 'AmazonEC2', {
    regionCode,
    productFamily: 'Compute Instance',
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
    marketoption: 'OnDemand',
  }),
  emr: await products(pricing, 'ElasticMapReduce', {
    regionCode,
    productFamily: 'Elastic Map Reduce Instance',
    softwareType: 'EMR',
  }),
  gp3: await products(pricing, 'AmazonEC2', { regionCode, productFamily: 'Storage', volumeApiName: 'gp3' }),
  publicIpv4: await products(pricing, 'AmazonVPC', { regionCode }),
  serverless: await products(pricing, 'ElasticMapReduce', { regionCode, productFamily: 'EMR Serverless' }),
});

const emrRegions = async (pricing: PricingClient): Promise<string[]> => {
  const regions: string[] = [];
  const asked = { ServiceCode: 'ElasticMapReduce', AttributeName: 'regionCode' };
  for await (const { AttributeValues = [] } of paginateGetAttributeValues({ client: pricing }, asked))
    regions.push(...AttributeValues.flatMap(({ Value }) => Value ?? []));
  return regions.filter((region) => REGION.test(region)).toSorted();
};

/** From one moment on: the price that each zone has now. */
const spotPrices = async (client: EC2Client, instanceTypes: readonly string[], StartTime: Date) => {
  const asked = {
    StartTime,
    ProductDescriptions: ['Linux/UNIX'],
    InstanceTypes: instanceTypes as _InstanceType[],
  };
  const prices: SpotPrice[] = [];
  for await (const { SpotPriceHistory = [] } of paginateDescribeSpotPriceHistory({ client }, asked)) {
    for (const { InstanceType, SpotPrice } of SpotPriceHistory)
      if (InstanceType !== undefined && SpotPrice !== undefined)
        prices.push({ instanceType: InstanceType, dollars: Number(SpotPrice) });
  }
  return prices;
};

/**
 * Reads the prices of every Region that has EMR. A Region whose spot prices the account may not see, because it is not enabled there,
 * goes without them; one that lacks a price is left out. Both are told.
 * @throws what the SDK throws for the price list, and where no Region has prices
 */
export const readPriceList = async ({ pricing, ec2In, now, tell }: PriceReader): Promise<PriceTable> => {
  const regions: Record<string, ListedPrices> = {};
  for (const region of await emrRegions(pricing)) {
    const prices = listedPrices(await entriesOf(pricing, region));
    if ('missing' in prices) {
      tell(`${region} is left out: the price list has no ${prices.missing}.`);
      continue;
    }
    const spot = await spotPrices(ec2In(region), Object.keys(prices.instances), now).catch((error: unknown) => {
      tell(`${region} has no spot prices: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    regions[region] = withSpotPrices(prices, spot);
  }
  if (Object.keys(regions).length === 0)
    throw new Error('The price list has prices for no Region. Nothing was changed.');
  const asOf = now.toISOString().slice(0, 10);
  return {
    currency: 'USD',
    sources: {
      [FROM_PRICE_LIST]: { asOf, what: 'AWS price list' },
      [FROM_SPOT_HISTORY]: { asOf, what: 'EC2 spot price history' },
    },
    regions,
  };
};
