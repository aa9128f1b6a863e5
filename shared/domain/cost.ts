import { workersOf } from './cluster-nodes.ts';
import { secondsBetween, type Instant } from './instant.ts';
import { NODE_DISKS_GB } from './node-disks.ts';
import { instancePrice, type InstancePrice, type RegionPrices } from './prices.ts';

export const CURRENCY = 'USD';

/** The average month, by which AWS's own calculator turns a price per month into one per hour. */
const HOURS_PER_MONTH = 730;
/** AWS bills each node for a minute at least. */
export const LEAST_BILLED_SECONDS = 60;
const DISKS_GB = NODE_DISKS_GB.root + NODE_DISKS_GB.data;

/** US dollars per hour by what AWS bills for. `ec2` is on demand; nodes from the spot market are in `spot` instead. */
export interface RateParts {
  readonly ec2: number;
  readonly emr: number;
  readonly ebs: number;
  readonly ipv4: number;
  readonly spot: number;
}

/** US dollars per hour, and what they are made of. */
export interface Rate {
  readonly hourly: number;
  readonly parts: RateParts;
}

/** What the price of a cluster depends on besides its size. */
export interface ClusterMakeUp {
  readonly master: string;
  readonly core: string;
  readonly useSpot: boolean;
  /** Per cent of the on-demand price, above which no spot node is bought. */
  readonly maximumSpotPercent: number;
  /** Whether nodes are in public subnets, where each has an IPv4 address that is billed. */
  readonly hasPublicAddresses: boolean;
}

/** How old the prices behind a rate are, the oldest of them, and where the machines' price is from. */
export interface PriceBasis {
  /** Day, ISO 8601. */
  readonly asOf: string;
  readonly source: string;
  readonly isDerived: boolean;
}

/** An amount to a millionth of a dollar, without the noise of binary fractions: only screens round to the cent. */
export const roundedDollars = (dollars: number): number => Math.round(dollars * 1e6) / 1e6;

/** To a billionth: what is rounded here is multiplied by hours before somebody reads it. */
const roundedRate = (dollars: number): number => Math.round(dollars * 1e9) / 1e9;

/** What is left out costs nothing. */
export const rateOf = ({ ec2 = 0, emr = 0, ebs = 0, ipv4 = 0, spot = 0 }: Partial<RateParts>): Rate => ({
  hourly: roundedRate(ec2 + emr + ebs + ipv4 + spot),
  parts: {
    ec2: roundedRate(ec2),
    emr: roundedRate(emr),
    ebs: roundedRate(ebs),
    ipv4: roundedRate(ipv4),
    spot: roundedRate(spot),
  },
});

/** Of what EMR never had. */
export const NOTHING_BILLED = rateOf({});

/** On demand where no spot price is recorded or the market asks more than the stage bids: that is what EMR falls back to. */
const spotPrice = ({ ec2, spot = ec2 }: InstancePrice, maximumPercent: number): number =>
  spot > (ec2 * maximumPercent) / 100 ? ec2 : spot;

/** @throws NoPrice where the Region has none for the master's or the workers' instance type */
export const clusterRate = (prices: RegionPrices, makeUp: ClusterMakeUp, size: number): Rate => {
  const master = instancePrice(prices, makeUp.master);
  const core = instancePrice(prices, makeUp.core);
  const { onDemand, spot } = workersOf(size, makeUp.useSpot);
  const nodes = 1 + onDemand + spot;
  return rateOf({
    ec2: master.ec2 + onDemand * core.ec2,
    emr: master.emr + (onDemand + spot) * core.emr,
    ebs: (nodes * DISKS_GB * prices.gp3.gbMonth) / HOURS_PER_MONTH,
    ipv4: makeUp.hasPublicAddresses ? nodes * prices.publicIpv4.hour : 0,
    spot: spot * spotPrice(core, makeUp.maximumSpotPercent),
  });
};

/** @throws NoPrice as `clusterRate` does */
export const priceBasis = (prices: RegionPrices, { master, core, useSpot }: ClusterMakeUp): PriceBasis => {
  const { sources, emrFrom, spotFrom, gp3, publicIpv4 } = prices;
  const nodes = [master, core].map((instanceType) => instancePrice(prices, instanceType));
  const named = [...nodes, { from: emrFrom }, gp3, publicIpv4, ...(useSpot && spotFrom ? [{ from: spotFrom }] : [])];
  const used = named.flatMap(({ from }) => sources[from] ?? []);
  return {
    asOf: used.map(({ asOf }) => asOf).toSorted()[0] ?? '',
    source: [...new Set(nodes.map(({ from }) => sources[from]?.what ?? from))].join(', '),
    isDerived: used.some(({ isDerived = false }) => isDerived),
  };
};

export const totalCost = (hourly: number, hours: number): number => roundedDollars(hourly * hours);

/** US dollars for the time between: by the second, a minute at least. */
export const costBetween = (hourly: number, since: Instant, until: Instant): number =>
  totalCost(hourly, Math.max(secondsBetween(since, until), LEAST_BILLED_SECONDS) / 3600);
