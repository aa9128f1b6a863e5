import { payerOf, type Cluster } from '../../shared/domain/cluster.ts';
import { clusterMetrics } from '../../shared/domain/metrics.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { expiringOwner } from '../workloads/expiring-owner.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface ClusterOwnerDependencies {
  readonly clusters: ClusterRepository;
  readonly quotas: Pick<QuotaReservations, 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly clock: Clock;
}

export type ClusterOwner = (cluster: Cluster) => WorkloadOwner<Cluster>;

export const clusterOwner = ({ clusters, ...deps }: ClusterOwnerDependencies): ClusterOwner =>
  expiringOwner({
    ...deps,
    kind: 'cluster',
    repository: clusters,
    namedOf: ({ identifier }) => ({ identifier }),
    payerIdOf: (cluster) => payerOf(cluster).ownerId,
    metricsOf: clusterMetrics,
  });
