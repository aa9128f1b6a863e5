import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import { isEnded, terminationRequested } from '../../shared/domain/workload.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ToClusterView } from './cluster-view.ts';
import type { ClusterLifecycle } from './cluster-lifecycle.ts';

interface TerminateClusterDependencies extends ClusterLookup {
  readonly lifecycle: Pick<ClusterLifecycle, 'owning' | 'terminateSoon'>;
  readonly toView: ToClusterView;
  readonly clock: Clock;
}

/**
 * Records who requested the termination, then asks EMR for it. If the call to EMR fails, the upkeep repeats it.
 * @throws NotFound, Forbidden; Conflict if the cluster has ended
 */
export const terminateCluster =
  ({ lifecycle: { owning, terminateSoon }, toView, clock, ...lookup }: TerminateClusterDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const { cluster, grants } = await permittedCluster(lookup, id, person, 'manage');
    const recorded = await owning(cluster).change((workload) => {
      if (isEnded(workload)) throw new Conflict(`The cluster is already ${workload.status}.`);
      return terminationRequested(workload, { by: person.username, reason: 'requested', at: clock.now() });
    });
    const { holder } = await terminateSoon(recorded);
    return toView(holder, person, grants);
  };
