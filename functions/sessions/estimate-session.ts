import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { CURRENCY, totalCost } from '../../shared/domain/cost.ts';
import { requireLaunchable } from '../../shared/domain/limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import { sessionLimits } from '../../shared/domain/session.ts';
import type { ForeseeBudget } from '../access/budget-of.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { requireSessions } from './session-offer.ts';

type Route = Routes['estimateSession'];

interface EstimateSessionDependencies {
  readonly hasServerless: boolean;
  readonly pricing: RunPricing;
  readonly settings: ReadSettings;
  readonly foresee: ForeseeBudget;
}

/** The most that it can be: driver and all executors for the whole lifetime. @throws NotOffered; InvalidInput for a size or lifetime that a launch would refuse */
export const estimateSession =
  ({ hasServerless, pricing, settings, foresee }: EstimateSessionDependencies) =>
  async ({ size, lifetime }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    requireSessions(hasServerless);
    const current = await settings();
    requireLaunchable({ size, lifetime }, person, sessionLimits(current.limits));
    const { hourly } = pricing.rateOf(current, { engine: 'serverless', size });
    return {
      hourly,
      total: totalCost(hourly, lifetime),
      workers: pricing.makeUp(current, { engine: 'serverless', size }).workers,
      budget: await foresee(person, { hourly, hours: lifetime }),
      currency: CURRENCY,
      ...pricing.basis(current, 'serverless'),
    };
  };
