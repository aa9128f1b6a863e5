import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { terminationRequested } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import { requireOnCluster, type PresentCluster } from './cluster-view.ts';
import type { PassOnTermination } from '../workloads/pass-on-termination.ts';

interface TerminateClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly passOnTermination: PassOnTermination;
  readonly present: PresentCluster;
  readonly clock: Clock;
}

/**
 * Records who wants the end of the cluster, then asks EMR for it.
 * @throws NotFound, Forbidden; Conflict where the cluster is finished
 */
export const terminateCluster =
  ({ clusters, passOnTermination, present, clock }: TerminateClusterDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<ClusterView> => {
    const recorded = await clusters.change(id, (cluster) => {
      requireOnCluster('manage', cluster, person);
      return terminationRequested(cluster, { by: person.username, reason: 'requested', at: clock.now() });
    });
    return present(await passOnTermination(recorded), person);
  };
