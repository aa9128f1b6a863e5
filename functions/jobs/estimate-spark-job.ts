import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { ClusterPricing } from '../../shared/domain/cluster-pricing.ts';
import { CURRENCY, roundedDollars, totalCost } from '../../shared/domain/cost.ts';
import { occurrencesPerMonth } from '../../shared/domain/schedule.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

type Route = Routes['estimateSparkJob'];

interface EstimateSparkJobDependencies {
  readonly pricing: ClusterPricing;
  readonly settings: ReadSettings;
  readonly clock: Clock;
}

/** The maximum cost of one run, and of a month of runs. */
export const estimateSparkJob =
  ({ pricing, settings, clock }: EstimateSparkJobDependencies) =>
  async ({ size, timeout, schedule }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const current = await settings();
    const { hourly } = pricing.rateOf(current, size);
    const perRun = totalCost(hourly, timeout);
    const runs = occurrencesPerMonth(schedule, clock.now());
    return {
      hourly,
      perRun,
      runsPerMonth: Math.round(runs * 10) / 10,
      perMonth: roundedDollars(perRun * runs),
      currency: CURRENCY,
      ...pricing.basis(current),
    };
  };
