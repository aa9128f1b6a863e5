import type { ClusterPricing, RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { rateOf, type Rate } from '../../shared/domain/cost.ts';
import { machinesOf } from '../../shared/domain/machines.ts';

const rateOfSize = (size: number): Rate => {
  const nodes = size > 1 ? 1 + size : 1;
  return rateOf({ ec2: nodes * 0.192, emr: nodes * 0.048 });
};

/** Each node costs 24 cents an hour, whatever the settings. */
export const PRICING: ClusterPricing = {
  rateOf: (_settings, size) => rateOfSize(size),
  basis: () => ({ asOf: '2026-11-01', source: 'AWS price list', isDerived: false }),
  terms: ({ version, masterInstanceType, coreInstanceType, accountingTags }, size) => ({
    rate: rateOfSize(size),
    launchSettings: { settingsVersion: version, masterInstanceType, coreInstanceType, spot: null, accountingTags },
  }),
};

/** The same for a run on a cluster; on the serverless engine a tenth of it. */
export const RUN_PRICING: RunPricing = {
  rateOf: (_settings, { engine, size }) =>
    engine === 'cluster' ? rateOfSize(size) : rateOf({ emr: rateOfSize(size).hourly / 10 }),
  basis: (settings) => PRICING.basis(settings),
  makeUp: (settings, { engine, size }) =>
    engine === 'cluster'
      ? { machines: [...machinesOf(settings, size)], workers: null }
      : { machines: [], workers: { count: 1 + size, vCpu: 4, memoryGb: 16, storageGb: 20 } },
  terms: (settings, run) => ({ ...PRICING.terms(settings, run.size), rate: RUN_PRICING.rateOf(settings, run) }),
};
