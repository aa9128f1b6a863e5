import type { Setting } from '../../shared/contract/environment.ts';
import { serverlessEngine } from '../../shared/contract/serverless-engine.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { machinesOf } from '../../shared/domain/machines.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { pricesIn } from '../../shared/domain/prices.ts';
import { serverlessBasis, serverlessPrice, serverlessRate } from '../../shared/domain/serverless-cost.ts';
import { CLUSTER_PRICE_SETTINGS, clusterPricing } from './cluster-pricing.ts';

/** What of a deployment decides a run's price. */
export const RUN_PRICE_SETTINGS = [...CLUSTER_PRICE_SETTINGS, 'emrServerless'] as const satisfies readonly Setting[];

type RunPriceSettings = Readonly<Record<(typeof RUN_PRICE_SETTINGS)[number], string>>;

/** Prices of runs on each engine, looked up on demand. A stage without a serverless engine prices all as clusters. */
export const runPricing = (environment: RunPriceSettings): RunPricing => {
  const clusters = clusterPricing(environment);
  const serverless = serverlessEngine(environment.emrServerless);
  const prices = () => pricesIn(PRICE_TABLE, environment.region);
  /** The most that it may have at once: a driver and so many executors. */
  const workersOf = (size: number): number => 1 + size;
  const rateOf: RunPricing['rateOf'] = (settings, { engine, size }) =>
    engine === 'cluster' || serverless === null
      ? clusters.rateOf(settings, size)
      : serverlessRate(serverlessPrice(prices(), serverless.architecture), serverless.worker, workersOf(size));
  return {
    rateOf,
    basis: (settings, engine) =>
      engine === 'cluster' || serverless === null
        ? clusters.basis(settings)
        : serverlessBasis(prices(), serverless.architecture),
    makeUp: (settings, { engine, size }) =>
      engine === 'cluster' || serverless === null
        ? { machines: [...machinesOf(settings, size)], workers: null }
        : { machines: [], workers: { ...serverless.worker, count: workersOf(size) } },
    terms: (settings, run) => ({ ...clusters.terms(settings, run.size), rate: rateOf(settings, run) }),
  };
};
