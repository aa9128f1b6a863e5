import { billedDollars } from '../../shared/domain/budget-account.ts';
import { payerOf, type Cluster } from '../../shared/domain/cluster.ts';
import { withWorkload } from '../../shared/domain/expiring.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { isEnded } from '../../shared/domain/workload.ts';
import { clusterMetrics } from '../../shared/domain/metrics.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface ClusterOwnerDependencies {
  readonly clusters: ClusterRepository;
  readonly quotas: Pick<QuotaReservations, 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly clock: Clock;
}

export type ClusterOwner = (cluster: Cluster) => WorkloadOwner<Cluster>;

/** A cluster as the owner of its workload. Its end releases what was reserved of the person's quotas, and counts in their budgets what was billed. */
export const clusterOwner = ({ clusters, quotas, budgets, clock }: ClusterOwnerDependencies): ClusterOwner => {
  const owning: ClusterOwner = (cluster) => ({
    holder: cluster,
    workload: cluster.workload,
    evidence: { clusterId: cluster.id },
    audited: { kind: 'cluster', id: cluster.id },
    change: async (transition) => {
      let before = cluster;
      const change = (current: Cluster): Cluster => {
        before = current;
        return withWorkload(current, (workload) => transition(workload, current), clock.now());
      };
      const changed = await clusters.change(cluster.id, change);
      metrics.record(clusterMetrics(before, changed));
      if (isEnded(changed.workload)) {
        const ended = { kind: 'cluster', id: changed.id } as const;
        await quotas.release(changed.ownerId, ended);
        await budgets.settle(payerOf(changed).ownerId, ended, billedDollars(changed.workload));
      }
      return owning(changed);
    },
  });
  return owning;
};
