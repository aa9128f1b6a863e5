import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { eachOf } from '../access/bulk.ts';
import type { Clock } from '../runtime/clock.ts';
import type { runSparkJob } from './run-spark-job.ts';

type Route = Routes['runSparkJobs'];

interface RunSparkJobsDependencies {
  readonly run: ReturnType<typeof runSparkJob>;
  readonly clock: Clock;
}

/** Runs each job now, with its own parameters. */
export const runSparkJobs =
  ({ run, clock }: RunSparkJobsDependencies) =>
  async ({ ids }: RouteInput<Route>, caller: Caller): Promise<RouteOutput<Route>> => ({
    results: await eachOf(ids, (identifier) => run({ identifier, parameters: undefined }, caller), { caller, clock }),
  });
