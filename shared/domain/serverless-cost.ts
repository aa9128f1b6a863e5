import { rateOf, roundedDollars, type PriceBasis, type Rate } from './cost.ts';
import { NoPrice, type RegionPrices, type ServerlessPrice } from './prices.ts';

export type Architecture = 'x86_64' | 'arm64';

/** What EMR Serverless says it billed. The free storage is not in it. */
export interface ServerlessUsage {
  readonly vCpuHours: number;
  readonly memoryGbHours: number;
  readonly storageGbHours: number;
}

/** One worker as it is asked for. */
export interface ServerlessWorker {
  readonly vCpu: number;
  readonly memoryGb: number;
  readonly storageGb: number;
}

/** GB of storage that each worker has at no charge. */
const FREE_STORAGE_GB = 20;

/** @throws NoPrice where the table has none for EMR Serverless in the Region */
export const serverlessPrice = ({ region, serverless }: RegionPrices, architecture: Architecture): ServerlessPrice => {
  if (serverless === undefined) throw new NoPrice(`There is no price for EMR Serverless in ${region}.`, { region });
  return serverless[architecture];
};

/** How old its prices are, and where they are from. @throws NoPrice as `serverlessPrice` */
export const serverlessBasis = (prices: RegionPrices, architecture: Architecture): PriceBasis => {
  const { from } = serverlessPrice(prices, architecture);
  const { asOf = '', what = from, isDerived = false } = prices.sources[from] ?? {};
  return { asOf, source: what, isDerived };
};

const dollarsFor = (
  { vCpuHour, memoryGbHour, storageGbHour }: ServerlessPrice,
  { vCpuHours, memoryGbHours, storageGbHours }: ServerlessUsage,
): number => vCpuHours * vCpuHour + memoryGbHours * memoryGbHour + storageGbHours * storageGbHour;

/** US dollars for what was billed. */
export const serverlessCost = (price: ServerlessPrice, usage: ServerlessUsage): number =>
  roundedDollars(dollarsFor(price, usage));

/** US dollars per hour while `count` such workers run. EMR's charge has the machines in it. */
export const serverlessRate = (
  price: ServerlessPrice,
  { vCpu, memoryGb, storageGb }: ServerlessWorker,
  count: number,
): Rate => {
  const storageGbHours = Math.max(storageGb - FREE_STORAGE_GB, 0);
  return rateOf({ emr: count * dollarsFor(price, { vCpuHours: vCpu, memoryGbHours: memoryGb, storageGbHours }) });
};
