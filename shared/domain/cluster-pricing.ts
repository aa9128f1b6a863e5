import type { PriceBasis, Rate } from './cost.ts';
import type { LaunchTerms } from './launch-settings.ts';
import type { CurrentSettings, Settings } from './settings.ts';

/** Prices of the clusters of a deployment. @throws NoPrice */
export interface ClusterPricing {
  readonly rateOf: (settings: Settings, size: number) => Rate;
  readonly basis: (settings: Settings) => PriceBasis;
  /** What a launch of this moment takes from the settings, and costs. */
  readonly terms: (settings: CurrentSettings, size: number) => LaunchTerms;
}
