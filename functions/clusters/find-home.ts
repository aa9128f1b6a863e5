import { withHome, type Cluster, type ClusterHome } from '../../shared/domain/cluster.ts';
import { AwsFailed, AwsThrottled, HomeUnavailable } from '../../shared/domain/errors.ts';
import type { ClusterGroups } from '../ports/cluster-network.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { HomeAddresses, HomeDirectories } from '../ports/home-directories.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import { retryWhileThrottled, type RetryTiming } from '../workloads/retry-while-throttled.ts';

interface FindHomeDependencies {
  readonly clusters: ClusterRepository;
  readonly homes: Pick<HomeDirectories, 'homeOf'>;
  readonly clock: Clock;
  readonly retryTiming: RetryTiming;
}

interface FoundHome {
  readonly addresses: HomeAddresses | null;
  readonly home: ClusterHome;
}

/**
 * The home directory for a launch, recorded on the cluster. A home that cannot be had keeps nobody from a cluster: it is launched
 * without, and says why.
 * @throws NotFound, AwsThrottled, AwsFailed if the cluster cannot be changed
 */
export const findHome = ({ clusters, homes, clock, retryTiming }: FindHomeDependencies) => {
  const look = async ({ id, ownerId }: Cluster, groups: ClusterGroups): Promise<FoundHome> => {
    try {
      const addresses = await retryWhileThrottled(() => homes.homeOf(ownerId, groups), retryTiming);
      return { addresses, home: { isKept: addresses !== null, problem: null } };
    } catch (error) {
      if (!(error instanceof HomeUnavailable || error instanceof AwsThrottled || error instanceof AwsFailed))
        throw error;
      logger.warn('A cluster is launched without a home directory', { clusterId: id, error });
      return { addresses: null, home: { isKept: false, problem: error.message } };
    }
  };

  return async (cluster: Cluster, groups: ClusterGroups): Promise<HomeAddresses | null> => {
    const { addresses, home } = await look(cluster, groups);
    if (withHome(cluster, home, clock.now()) !== cluster)
      await clusters.change(cluster.id, (current) => withHome(current, home, clock.now()));
    return addresses;
  };
};
