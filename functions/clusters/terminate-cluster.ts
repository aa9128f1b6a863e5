import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { withWorkload } from '../../shared/domain/cluster.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import { isEnded, terminationRequested, type Workload } from '../../shared/domain/workload.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { requireOnCluster, type ToClusterView } from './cluster-view.ts';
import type { ClusterLifecycle } from './cluster-lifecycle.ts';

interface TerminateClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly lifecycle: Pick<ClusterLifecycle, 'owning' | 'terminateSoon'>;
  readonly toView: ToClusterView;
  readonly clock: Clock;
}

/**
 * Records who wants the termination, then asks EMR for it. Where EMR does not take it, the upkeep asks again.
 * @throws NotFound, Forbidden; Conflict where the cluster has ended
 */
export const terminateCluster =
  ({ clusters, lifecycle: { owning, terminateSoon }, toView, clock }: TerminateClusterDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const recorded = await clusters.change(id, (cluster) => {
      requireOnCluster('manage', cluster, person);
      const now = clock.now();
      const request = (workload: Workload): Workload => {
        if (isEnded(workload)) throw new Conflict(`The cluster is already ${workload.status}.`);
        return terminationRequested(workload, { by: person.username, reason: 'requested', at: now });
      };
      return withWorkload(cluster, request, now);
    });
    const { holder } = await terminateSoon(owning(recorded));
    return toView(holder, person);
  };
