import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { ClusterPricing } from '../../shared/domain/cluster-pricing.ts';
import { CURRENCY, totalCost } from '../../shared/domain/cost.ts';
import type { Person } from '../../shared/domain/person.ts';
import { requireLaunchable } from '../../shared/domain/limits.ts';
import { machinesOf } from '../../shared/domain/machines.ts';
import type { ForeseeBudget } from '../access/budget-of.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

type Route = Routes['estimateCluster'];

interface EstimateClusterDependencies {
  readonly pricing: ClusterPricing;
  readonly settings: ReadSettings;
  readonly foresee: ForeseeBudget;
}

/** @throws InvalidInput for a size or lifetime that a launch would refuse */
export const estimateCluster =
  ({ pricing, settings, foresee }: EstimateClusterDependencies) =>
  async ({ size, lifetime }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const current = await settings();
    requireLaunchable({ size, lifetime }, person, current.limits);
    const { hourly } = pricing.rateOf(current, size);
    return {
      hourly,
      total: totalCost(hourly, lifetime),
      machines: [...machinesOf(current, size)],
      budget: await foresee(person, { hourly, hours: lifetime }),
      currency: CURRENCY,
      ...pricing.basis(current),
    };
  };
