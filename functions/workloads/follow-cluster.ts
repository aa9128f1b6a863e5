import { followingEmr, isReady, type Cluster } from '../../shared/domain/cluster.ts';
import { isFinalState, type EmrObservation } from '../../shared/domain/emr-state.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { PassOnTermination } from './pass-on-termination.ts';

interface FollowClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly emr: EmrClusters;
  readonly passOnTermination: PassOnTermination;
  readonly clock: Clock;
}

export type FollowCluster = (cluster: Cluster, seen: EmrObservation) => Promise<Cluster>;

const isGoingOn = ({ state }: EmrObservation): boolean => state !== 'TERMINATING' && !isFinalState(state);

/** Neither events nor lists carry the master's address, and events may lack the reason of an end. */
const lacksDetails = (cluster: Cluster, seen: EmrObservation): boolean => {
  if (isFinalState(seen.state)) return seen.reason === null && !isFinalState(cluster.status);
  return isReady({ status: seen.state }) && (cluster.masterAddress ?? seen.masterAddress) === null;
};

/** Applies what EMR said to a cluster, and asks again for the end of one that goes on although its end was asked for. */
export const followCluster = ({
  clusters,
  emr,
  passOnTermination,
  clock,
}: FollowClusterDependencies): FollowCluster => {
  /** The same with all details; without them where EMR is too busy to tell, for the next sweep to add. */
  const detailed = async (cluster: Cluster, seen: EmrObservation): Promise<EmrObservation> => {
    if (!lacksDetails(cluster, seen)) return seen;
    try {
      return (await emr.describe(seen.jobflowId)) ?? seen;
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('EMR did not tell the details of a cluster', { clusterId: cluster.id, error });
      return seen;
    }
  };

  return async (cluster, seen) => {
    const known = await detailed(cluster, seen);
    const isNews = followingEmr(cluster, known, clock.now()) !== cluster;
    const followed = isNews
      ? await clusters.change(cluster.id, (current) => followingEmr(current, known, clock.now()))
      : cluster;
    const goesOn = isGoingOn(known) && followed.termination !== null && !isFinalState(followed.status);
    return goesOn ? passOnTermination(followed) : followed;
  };
};
