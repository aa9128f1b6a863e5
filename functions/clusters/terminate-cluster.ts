import type { ClusterView } from '../../shared/contract/cluster.ts';
import { actOf } from '../../shared/domain/audit.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { Conflict } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { isEnded, terminationRequested } from '../../shared/domain/workload.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ToClusterView } from './cluster-view.ts';
import type { ClusterLifecycle } from './cluster-lifecycle.ts';

export interface RequestTerminationDependencies extends ClusterLookup {
  readonly lifecycle: Pick<ClusterLifecycle, 'owning'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

const requireActive = ({ workload }: Pick<Cluster, 'workload'>): void => {
  if (isEnded(workload)) throw new Conflict(`The cluster is already ${workload.status}.`);
};

/** Records who requested the termination, before EMR is asked for it. @throws NotFound, Forbidden; Conflict if the cluster has ended */
export const requestTermination =
  ({ lifecycle: { owning }, audit, clock, ...lookup }: RequestTerminationDependencies) =>
  async (id: string, person: Caller) => {
    const { cluster, grants } = await permittedCluster(lookup, id, person, 'manage');
    requireActive(cluster);
    const { identifier, owner } = cluster;
    const object = { kind: 'cluster', id } as const;
    await audit.record(
      actOf(person, { action: 'cluster.terminate', object, detail: { identifier, owner } }, clock.now()),
    );
    const recorded = await owning(cluster).change((workload) => {
      requireActive({ workload });
      return terminationRequested(workload, { by: person.username, reason: 'requested', at: clock.now() });
    });
    return { recorded, grants };
  };

interface TerminateClusterDependencies extends RequestTerminationDependencies {
  readonly lifecycle: Pick<ClusterLifecycle, 'owning' | 'terminateSoon'>;
  readonly toView: ToClusterView;
}

/**
 * Terminates a cluster. If the call to EMR fails, the upkeep repeats it.
 * @throws NotFound, Forbidden; Conflict if the cluster has ended
 */
export const terminateCluster = ({ toView, ...deps }: TerminateClusterDependencies) => {
  const request = requestTermination(deps);
  return async ({ id }: { readonly id: string }, person: Caller): Promise<ClusterView> => {
    const { recorded, grants } = await request(id, person);
    const { holder } = await deps.lifecycle.terminateSoon(recorded);
    return toView(holder, person, grants);
  };
};
