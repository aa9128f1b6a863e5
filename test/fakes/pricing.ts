import { rateOf, type ClusterPricing } from '../../shared/domain/cost.ts';

/** Each node costs 24 cents an hour. */
export const PRICING: ClusterPricing = {
  rateOf: (size) => {
    const nodes = size > 1 ? 1 + size : 1;
    return rateOf({ ec2: nodes * 0.192, emr: nodes * 0.048 });
  },
  basis: () => ({ asOf: '2026-11-01', source: 'AWS price list', isDerived: false }),
};
