import prices from '../data/prices.json' with { type: 'json' };
import { InvalidInput } from './errors.ts';

/** What one node of an instance type costs in US dollars per hour: EC2 on demand plus the EMR charge. */
interface NodePrice {
  readonly ec2: number;
  readonly emr: number;
}

export const PRICES_AS_OF: string = prices.asOf;
export const CURRENCY = 'USD';

const TABLE: Readonly<Record<string, NodePrice | undefined>> = prices.instanceTypes;

export const isPricedInstanceType = (instanceType: string): boolean => TABLE[instanceType] !== undefined;

const hourlyOf = (instanceType: string): number => {
  const price = TABLE[instanceType];
  if (price === undefined)
    throw InvalidInput.field('instanceType', `There is no price for '${instanceType}'. Add it to the price table.`);
  return price.ec2 + price.emr;
};

export interface InstanceTypes {
  readonly master: string;
  readonly core: string;
}

/** To a hundredth of a cent, which is what prices per hour need. */
export const roundedDollars = (dollars: number): number => Math.round(dollars * 10_000) / 10_000;

/** US dollars per hour: the master alone for size 1, the master and `size` core nodes above. */
export const hourlyCost = (size: number, { master, core }: InstanceTypes): number =>
  roundedDollars(hourlyOf(master) + (size > 1 ? size * hourlyOf(core) : 0));

export const totalCost = (hourly: number, hours: number): number => roundedDollars(hourly * hours);
