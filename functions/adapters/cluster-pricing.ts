import type { Setting } from '../../shared/contract/environment.ts';
import type { ClusterPricing } from '../../shared/domain/cluster-pricing.ts';
import { clusterRate, priceBasis, type ClusterMakeUp } from '../../shared/domain/cost.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { instanceTypeProblem, pricesIn } from '../../shared/domain/prices.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { similarInstanceTypes } from '../../shared/domain/similar-instance-types.ts';

/** What of a deployment decides a cluster's price; the rest are settings of the moment. */
export const CLUSTER_PRICE_SETTINGS = ['region', 'emrHasPublicAddresses'] as const satisfies readonly Setting[];

type ClusterPriceSettings = Readonly<Record<(typeof CLUSTER_PRICE_SETTINGS)[number], string>>;

/** Prices are looked up on demand, so that a function without prices can still list and terminate clusters. */
export const clusterPricing = ({ region, emrHasPublicAddresses }: ClusterPriceSettings): ClusterPricing => {
  const prices = () => pricesIn(PRICE_TABLE, region);
  const makeUpOf = ({ masterInstanceType, coreInstanceType, spot }: Settings): ClusterMakeUp => ({
    master: masterInstanceType,
    core: coreInstanceType,
    useSpot: spot.isEnabled,
    maximumSpotPercent: spot.maximumPricePercent,
    hasPublicAddresses: emrHasPublicAddresses === 'true',
  });
  /** Types that the price table has in the Region are offered there. */
  const isOffered = (instanceType: string): boolean => Object.hasOwn(prices().instances, instanceType);
  const rateOf: ClusterPricing['rateOf'] = (settings, size) => clusterRate(prices(), makeUpOf(settings), size);

  return {
    rateOf,
    basis: (settings) => priceBasis(prices(), makeUpOf(settings)),
    terms(settings, size) {
      const { version, masterInstanceType, coreInstanceType, spot, accountingTags } = settings;
      const instanceTypes = similarInstanceTypes(coreInstanceType, isOffered);
      return {
        rate: rateOf(settings, size),
        launchSettings: {
          settingsVersion: version,
          masterInstanceType,
          coreInstanceType,
          spot: spot.isEnabled ? { maximumPricePercent: spot.maximumPricePercent, instanceTypes } : null,
          accountingTags,
        },
      };
    },
  };
};

/** What is wrong with an instance type in the Region; null if nothing is. */
export const instanceTypeCheck =
  ({ region }: Pick<ClusterPriceSettings, 'region'>) =>
  (instanceType: string): string | null =>
    instanceTypeProblem(pricesIn(PRICE_TABLE, region), instanceType);
