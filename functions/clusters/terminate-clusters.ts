import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { eachOf } from '../access/bulk.ts';
import type { Engines } from '../ports/emr-engine.ts';
import { logger } from '../runtime/logger.ts';
import { terminateAllInEmr } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';
import { requestTermination, type RequestTerminationDependencies } from './terminate-cluster.ts';

type Route = Routes['terminateClusters'];

interface TerminateClustersDependencies extends RequestTerminationDependencies {
  readonly engines: Engines;
}

/** Records each termination, then asks EMR for all at once: it takes several ids a call. What fails there, the upkeep repeats. */
export const terminateClusters = ({ engines, ...deps }: TerminateClustersDependencies) => {
  const request = requestTermination(deps);
  return async ({ ids }: RouteInput<Route>, caller: Caller): Promise<RouteOutput<Route>> => {
    const recorded: WorkloadOwner<Cluster>[] = [];
    const results = await eachOf(ids, async (id) => recorded.push((await request(id, caller)).recorded), {
      caller,
      clock: deps.clock,
    });
    try {
      await terminateAllInEmr(engines)(recorded);
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('A termination call to EMR failed; the upkeep will repeat it', { count: recorded.length, error });
    }
    return { results };
  };
};
