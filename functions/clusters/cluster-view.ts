import type { ClusterView } from '../../shared/contract/routes/clusters.ts';
import { permissionsOn, requirePermission, type ObjectPermission } from '../../shared/domain/access.ts';
import { isActive, isFailed, isReady, type Cluster } from '../../shared/domain/cluster.ts';
import type { Person } from '../../shared/domain/person.ts';
import { costOfWorkload, phaseOf } from '../../shared/domain/workload.ts';
import { clusterAccess, type AccessSettings } from './cluster-access.ts';

/** Converts a cluster for the API, with what this person may see. */
export type ToClusterView = (cluster: Cluster, person: Person) => ClusterView;

export const clusterToView =
  (accessSettings: AccessSettings): ToClusterView =>
  (cluster, person) => {
    const { workload } = cluster;
    const permissions = permissionsOn(cluster, person);
    return {
      id: cluster.id,
      identifier: cluster.identifier,
      ownerId: cluster.ownerId,
      owner: cluster.owner,
      size: cluster.size,
      lifetime: cluster.lifetime,
      lifetimeExtensionCount: cluster.lifetimeExtensionCount,
      idleHours: cluster.idleHours,
      sshKeyId: cluster.sshKeyId,
      emrRelease: cluster.emrRelease,
      jobflowId: workload.emrId,
      phase: phaseOf(workload),
      status: workload.status,
      statusReason: workload.reason,
      isActive: isActive(cluster),
      isReady: isReady(cluster),
      isFailed: isFailed(cluster),
      termination: workload.termination,
      masterAddress: workload.masterAddress,
      createdAt: cluster.createdAt,
      expiresAt: cluster.expiresAt,
      startedAt: workload.startedAt,
      readyAt: workload.readyAt,
      finishedAt: workload.finishedAt,
      cost: costOfWorkload(workload),
      allowsSsh: accessSettings.allowsSsh,
      // Only the owner’s key opens it.
      access: cluster.ownerId === person.id ? clusterAccess(cluster, accessSettings) : null,
      permissions,
      modifiedAt: cluster.modifiedAt,
    };
  };

/** @throws NotFound where the person may not see the cluster, Forbidden where they may see it but no more */
export const requireOnCluster = (wanted: ObjectPermission, cluster: Cluster, person: Person): void =>
  requirePermission(wanted, permissionsOn(cluster, person), { kind: 'cluster', id: cluster.id });
