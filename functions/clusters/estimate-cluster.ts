import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { CURRENCY, totalCost, type ClusterPricing } from '../../shared/domain/cost.ts';
import type { Person } from '../../shared/domain/person.ts';
import { sizeError } from './launch-rules.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';

type Route = Routes['estimateCluster'];

/** @throws InvalidInput for a size over the person's limit */
export const estimateCluster =
  ({ pricing }: { readonly pricing: ClusterPricing }) =>
  async ({ size, lifetime }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const refused = sizeError(size, person);
    if (refused !== null) throw new InvalidInput([refused]);
    const { hourly } = pricing.rateOf(size);
    return { hourly, total: totalCost(hourly, lifetime), currency: CURRENCY, ...pricing.basis() };
  };
