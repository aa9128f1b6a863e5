import type { ClusterView } from '../../shared/contract/cluster.ts';
import { permissionsOn } from '../../shared/domain/access.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { offersConnect } from '../../shared/domain/cluster-session.ts';
import { releaseFacts } from '../../shared/domain/emr-release-facts.ts';
import { isActive, isFailed, isReady } from '../../shared/domain/expiring.ts';
import type { Grant } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import { phaseOf } from '../../shared/domain/workload.ts';
import { costOfWorkload } from '../../shared/domain/workload-cost.ts';
import { clusterAccess, type AccessSettings } from './cluster-access.ts';

/** Null where clusters of the release have no Spark Connect. */
const connectOf = (cluster: Cluster): ClusterView['connect'] => {
  const facts = offersConnect(cluster) ? releaseFacts(cluster.emrRelease) : null;
  return facts === null ? null : { sparkVersion: facts.sparkVersion, pythonVersion: facts.pythonVersion };
};

/**
 * Converts a cluster for the API, with what this person may see.
 * @param grants on the cluster; none where the person is its owner or an admin
 */
export type ToClusterView = (cluster: Cluster, person: Person, grants: readonly Grant[]) => ClusterView;

export const clusterToView =
  (accessSettings: AccessSettings): ToClusterView =>
  (cluster, person, grants) => {
    const { workload } = cluster;
    const permissions = permissionsOn('cluster', cluster, person, grants);
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
      status: workload.status as ClusterView['status'],
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
      home: cluster.home,
      allowsSsh: accessSettings.allowsSsh,
      keyOwner: cluster.launchedBy?.username ?? null,
      connect: connectOf(cluster),
      access:
        permissions.includes('connect') && cluster.launchedBy === null ? clusterAccess(cluster, accessSettings) : null,
      permissions,
      modifiedAt: cluster.modifiedAt,
    };
  };
