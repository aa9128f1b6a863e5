import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { RunPricing } from '../../shared/domain/cluster-pricing.ts';
import { CURRENCY, roundedDollars, totalCost } from '../../shared/domain/cost.ts';
import { requireWithinLimits } from '../../shared/domain/limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import { occurrencesPerMonth } from '../../shared/domain/schedule.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { expectedHours, usualTime, type UsualTime } from '../../shared/domain/usual-cost.ts';
import type { ForeseeBudget } from '../access/budget-of.ts';
import type { ChargedOwner } from '../access/charged-owner.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

type Route = Routes['estimateSparkJob'];

interface EstimateSparkJobDependencies extends JobLookup {
  readonly history: Pick<RunRepository, 'list'>;
  readonly pricing: RunPricing;
  readonly settings: ReadSettings;
  readonly foresee: ForeseeBudget;
  readonly chargedOwner: ChargedOwner;
  readonly clock: Clock;
}

const HISTORY = 30;

/**
 * The cost of one run and of a month of runs: at most and, of a job that has run, usually.
 * @throws NotFound for a job that the person may not see; InvalidInput for a size or timeout that the job could not be saved with
 */
export const estimateSparkJob =
  ({ history, pricing, settings, foresee, chargedOwner, clock, ...lookup }: EstimateSparkJobDependencies) =>
  async (
    { size, timeout, schedule, engine: wanted, identifier }: RouteInput<Route>,
    person: Person,
  ): Promise<RouteOutput<Route>> => {
    const job: SparkJob | null =
      identifier === undefined ? null : (await permittedSparkJob(lookup, identifier, person, 'view')).job;
    const current = await settings();
    requireWithinLimits({ size, timeout }, current.limits, job);
    const engine = wanted ?? current.defaultEngine;
    const { hourly } = pricing.rateOf(current, { engine, size });
    const perRun = totalCost(hourly, timeout);
    const runs = occurrencesPerMonth(schedule, clock.now());
    const time = job === null ? null : usualTime((await history.list(job.id, { limit: HISTORY })).items, engine);
    const usualCost = ({ median, p95, runs: counted }: UsualTime) => ({
      perRun: totalCost(hourly, median / 3600),
      p95PerRun: totalCost(hourly, p95 / 3600),
      perMonth: roundedDollars(totalCost(hourly, median / 3600) * runs),
      runs: counted,
    });
    const owner = job === null ? person : await chargedOwner(job);
    return {
      hourly,
      perRun,
      runsPerMonth: Math.round(runs * 10) / 10,
      perMonth: roundedDollars(perRun * runs),
      usual: time === null ? null : usualCost(time),
      ...pricing.makeUp(current, { engine, size }),
      budget: await foresee(owner, { hourly, hours: expectedHours(time, timeout) }),
      currency: CURRENCY,
      ...pricing.basis(current, engine),
    };
  };
