import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { CURRENCY, roundedDollars, totalCost, type ClusterPricing } from '../../shared/domain/cost.ts';
import { occurrencesPerMonth } from '../../shared/domain/schedule.ts';
import type { Clock } from '../runtime/clock.ts';

type Route = Routes['estimateSparkJob'];

interface EstimateSparkJobDependencies {
  readonly pricing: ClusterPricing;
  readonly clock: Clock;
}

/** The maximum cost of one run, and of a month of runs. */
export const estimateSparkJob =
  ({ pricing, clock }: EstimateSparkJobDependencies) =>
  async ({ size, timeout, schedule }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const { hourly } = pricing.rateOf(size);
    const perRun = totalCost(hourly, timeout);
    const runs = occurrencesPerMonth(schedule, clock.now());
    return {
      hourly,
      perRun,
      runsPerMonth: Math.round(runs * 10) / 10,
      perMonth: roundedDollars(perRun * runs),
      currency: CURRENCY,
      ...pricing.basis(),
    };
  };
