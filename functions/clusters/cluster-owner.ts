import { withWorkload, type Cluster } from '../../shared/domain/cluster.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface ClusterOwnerDependencies {
  readonly clusters: ClusterRepository;
  readonly clock: Clock;
}

export type ClusterOwner = (cluster: Cluster) => WorkloadOwner<Cluster>;

export const clusterOwner = ({ clusters, clock }: ClusterOwnerDependencies): ClusterOwner => {
  const owning: ClusterOwner = (cluster) => ({
    holder: cluster,
    workload: cluster.workload,
    evidence: { clusterId: cluster.id },
    change: async (transition) => {
      const change = (current: Cluster): Cluster =>
        withWorkload(current, (workload) => transition(workload, current), clock.now());
      return owning(await clusters.change(cluster.id, change));
    },
  });
  return owning;
};
