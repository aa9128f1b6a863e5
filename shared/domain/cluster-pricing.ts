import type { PriceBasis, Rate } from './cost.ts';
import type { RunEngine } from './engine.ts';
import type { LaunchTerms } from './launch-settings.ts';
import type { Machines, ServerlessWorkers } from './machines.ts';
import type { CurrentSettings, Settings } from './settings.ts';

/** Prices of runs, which may be on either engine. @throws NoPrice */
export interface RunPricing {
  readonly rateOf: (settings: Settings, run: PricedRun) => Rate;
  readonly basis: (settings: Settings, engine: RunEngine) => PriceBasis;
  /** What the rate is for: machines on a cluster, workers on EMR Serverless. */
  readonly makeUp: (settings: Settings, run: PricedRun) => RunMakeUp;
  /** As `ClusterPricing`'s. */
  readonly terms: (settings: CurrentSettings, run: PricedRun) => LaunchTerms;
}

export interface RunMakeUp {
  readonly machines: Machines[];
  readonly workers: ServerlessWorkers | null;
}

interface PricedRun {
  readonly engine: RunEngine;
  readonly size: number;
}

/** Prices of the clusters of a deployment. @throws NoPrice */
export interface ClusterPricing {
  readonly rateOf: (settings: Settings, size: number) => Rate;
  readonly basis: (settings: Settings) => PriceBasis;
  /** What a launch of this moment takes from the settings, and costs. */
  readonly terms: (settings: CurrentSettings, size: number) => LaunchTerms;
}
