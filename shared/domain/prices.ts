import { DomainError } from './errors.ts';

/** Source of prices. Derived prices are computed from others by a rule, not read from AWS's price list. */
export interface PriceSource {
  /** Day of the prices, ISO 8601. */
  readonly asOf: string;
  readonly what: string;
  readonly isDerived?: boolean;
}

/** US dollars per hour: EC2 on demand, EMR's surcharge, and EC2 on the spot market where it was recorded. */
export interface InstancePrice {
  readonly ec2: number;
  readonly emr: number;
  readonly spot?: number;
  /** Source of the EC2 price. */
  readonly from: string;
}

/** US dollars for each hour of a vCPU, of a GB of memory, and of a GB of storage beyond the free one. */
export interface ServerlessPrice {
  readonly vCpuHour: number;
  readonly memoryGbHour: number;
  readonly storageGbHour: number;
  readonly from: string;
}

export interface ListedPrices {
  readonly emrFrom: string;
  readonly spotFrom?: string;
  readonly gp3: { readonly gbMonth: number; readonly from: string };
  readonly publicIpv4: { readonly hour: number; readonly from: string };
  readonly serverless?: { readonly x86_64: ServerlessPrice; readonly arm64: ServerlessPrice };
  readonly instances: Readonly<Record<string, InstancePrice>>;
}

export interface PriceTable {
  readonly currency: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly regions: Readonly<Record<string, ListedPrices>>;
}

/** The prices of one Region, with their sources. */
export interface RegionPrices extends ListedPrices {
  readonly region: string;
  readonly sources: Readonly<Record<string, PriceSource>>;
}

/** The price table lacks a price that this deployment needs. */
export class NoPrice extends DomainError {
  override readonly name = 'NoPrice';
}

/** @throws NoPrice if the table lacks the Region */
export const pricesIn = ({ sources, regions }: PriceTable, region: string): RegionPrices => {
  const listed = regions[region];
  if (listed === undefined) {
    throw new NoPrice(
      `There are no prices for Region ${region}, only for ${Object.keys(regions).join(', ')}. Synthesize for the Region of the deployment, or run \`npm run prices\`.`,
      { region },
    );
  }
  return { ...listed, region, sources };
};

/** @throws NoPrice naming the instance type and the Region */
export const instancePrice = ({ region, instances }: RegionPrices, instanceType: string): InstancePrice => {
  const price = Object.hasOwn(instances, instanceType) ? instances[instanceType] : undefined;
  if (price !== undefined) return price;
  throw new NoPrice(`There is no price for '${instanceType}' in ${region}.`, { region, instanceType });
};

/** Why a cluster of this type cannot be launched in the Region, with what to choose; null if it can. */
export const instanceTypeProblem = (
  { region, instances }: Pick<RegionPrices, 'region' | 'instances'>,
  instanceType: string,
): string | null =>
  Object.hasOwn(instances, instanceType)
    ? null
    : `'${instanceType}' has no price in ${region}. Choose one of ${Object.keys(instances).join(', ')}.`;

/** The table reduced to one Region and its sources, for the functions of that Region. */
export const tableOf = (table: PriceTable, region: string): PriceTable => {
  const { [region]: listed } = table.regions;
  const named = new Set(JSON.stringify(listed ?? {}).match(/(?<="(?:from|emrFrom|spotFrom)":")[^"]+/g));
  return {
    currency: table.currency,
    sources: Object.fromEntries(Object.entries(table.sources).filter(([source]) => named.has(source))),
    regions: listed === undefined ? {} : { [region]: listed },
  };
};
