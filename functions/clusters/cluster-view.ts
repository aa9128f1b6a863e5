import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { permissionsOn, requirePermission, type ObjectPermission } from '../../shared/domain/access.ts';
import { costSoFar, isActive, isExpiringSoon, isFailed, isReady, type Cluster } from '../../shared/domain/cluster.ts';
import { CURRENCY, roundedDollars } from '../../shared/domain/cost.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import { clusterAccess, type AccessSettings } from './cluster-access.ts';

/** A cluster as its person may see it. */
export type PresentCluster = (cluster: Cluster, person: Person) => ClusterView;

export const presentCluster =
  ({ clock, ...accessSettings }: AccessSettings & { readonly clock: Clock }): PresentCluster =>
  (cluster, person) => {
    const now = clock.now();
    const permissions = permissionsOn(cluster, person);
    return {
      id: cluster.id,
      identifier: cluster.identifier,
      ownerId: cluster.ownerId,
      owner: cluster.owner,
      size: cluster.size,
      lifetime: cluster.lifetime,
      lifetimeExtensionCount: cluster.lifetimeExtensionCount,
      sshKeyId: cluster.sshKeyId,
      emrRelease: cluster.emrRelease,
      jobflowId: cluster.jobflowId,
      status: cluster.status,
      statusReason: cluster.statusReason,
      isActive: isActive(cluster),
      isReady: isReady(cluster),
      isFailed: isFailed(cluster),
      isExpiringSoon: isExpiringSoon(cluster, now),
      termination: cluster.termination,
      masterAddress: cluster.masterAddress,
      createdAt: cluster.createdAt,
      expiresAt: cluster.expiresAt,
      startedAt: cluster.startedAt,
      readyAt: cluster.readyAt,
      finishedAt: cluster.finishedAt,
      cost: { hourly: cluster.hourlyCost, soFar: roundedDollars(costSoFar(cluster, now)), currency: CURRENCY },
      access: permissions.includes('manage') ? clusterAccess(cluster, accessSettings) : null,
      permissions,
      modifiedAt: cluster.modifiedAt,
    };
  };

/** @throws NotFound where the person may not see the cluster, Forbidden where they may see it but no more */
export const requireOnCluster = (wanted: ObjectPermission, cluster: Cluster, person: Person): void =>
  requirePermission(wanted, permissionsOn(cluster, person), { kind: 'cluster', id: cluster.id });
