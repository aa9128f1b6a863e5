import { terminationTaken, type Cluster } from '../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';

interface PassOnTerminationDependencies {
  readonly clusters: ClusterRepository;
  readonly emr: EmrClusters;
  readonly clock: Clock;
}

export type PassOnTermination = (cluster: Cluster) => Promise<Cluster>;

/**
 * Asks EMR for the end that is recorded. Where EMR does not take it, or the cluster has no jobflow id yet, the upkeep
 * asks again within a minute: the request is accepted all the same.
 */
export const passOnTermination =
  ({ clusters, emr, clock }: PassOnTerminationDependencies): PassOnTermination =>
  async (cluster) => {
    if (cluster.jobflowId === null) return cluster;
    try {
      await emr.terminate([cluster.jobflowId]);
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('EMR did not take a termination; the upkeep asks again', { clusterId: cluster.id, error });
      return cluster;
    }
    return clusters.change(cluster.id, (current) => terminationTaken(current, clock.now()));
  };
