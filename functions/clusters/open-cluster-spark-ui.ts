import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { permittedCluster, type ClusterLookup } from '../access/permitted-cluster.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SparkUiLink } from '../ports/spark-uis.ts';
import { linkToSparkUi, type SparkUiLinks } from '../workloads/link-to-spark-ui.ts';

interface OpenClusterSparkUiDependencies extends ClusterLookup, SparkUiLinks {
  readonly audit: Pick<AuditTrail, 'record'>;
}

/** For everybody who may see the cluster. @throws NotFound; Conflict with the reason where there is none, or none yet */
export const openClusterSparkUi =
  ({ audit, ...deps }: OpenClusterSparkUiDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<SparkUiLink> => {
    const { cluster } = await permittedCluster(deps, id, person, 'view');
    const { identifier, owner } = cluster;
    const act = {
      action: 'cluster.open-spark-ui',
      object: { kind: 'cluster', id },
      detail: { identifier, owner },
    } as const;
    return linkToSparkUi(deps, cluster.workload, () => audit.record(actOf(person, act, deps.clock.now())));
  };
