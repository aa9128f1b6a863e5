import type { Setting } from '../../shared/contract/environment.ts';
import { clusterRate, priceBasis, type ClusterPricing } from '../../shared/domain/cost.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { pricesIn } from '../../shared/domain/prices.ts';
import { maximumSpotPercent, usesSpot } from './emr-launch-settings.ts';

/** Settings that decide a cluster's price. */
export const CLUSTER_PRICE_SETTINGS = [
  'region',
  'emrMasterInstanceType',
  'emrCoreInstanceType',
  'emrUseSpot',
  'emrSpotMaxPricePercent',
  'emrHasPublicAddresses',
] as const satisfies readonly Setting[];

type ClusterPriceSettings = Readonly<Record<(typeof CLUSTER_PRICE_SETTINGS)[number], string>>;

/** Prices are looked up on demand, so that a function without prices can still list and terminate clusters. */
export const clusterPricing = (settings: ClusterPriceSettings): ClusterPricing => {
  const makeUp = {
    master: settings.emrMasterInstanceType,
    core: settings.emrCoreInstanceType,
    useSpot: usesSpot(settings),
    maximumSpotPercent: maximumSpotPercent(settings),
    hasPublicAddresses: settings.emrHasPublicAddresses === 'true',
  };
  const prices = () => pricesIn(PRICE_TABLE, settings.region);
  return {
    rateOf: (size) => clusterRate(prices(), makeUp, size),
    basis: () => priceBasis(prices(), makeUp),
  };
};
