import type { Cluster } from '../../shared/domain/cluster.ts';
import { isExpired, isToTerminate } from '../../shared/domain/expiring.ts';
import { needsTermination, PORTAL, terminationRequested } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterOwner } from '../clusters/cluster-owner.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import { terminateAllInEmr } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface TerminateExpiredClustersDependencies {
  readonly clusters: ClusterRepository;
  readonly owning: ClusterOwner;
  readonly engines: Engines;
  readonly acts: Pick<OwnActs, 'recordEnd'>;
  readonly clock: Clock;
}

/**
 * Terminates expired clusters, and repeats terminations that EMR did not accept before. Each is recorded
 * first; an extension made meanwhile wins.
 * @throws SweepFailed; AwsThrottled, AwsFailed if the calls to EMR failed, which the next minute repeats
 */
export const terminateExpiredClusters =
  ({ clusters, owning, engines, acts, clock }: TerminateExpiredClustersDependencies): Task =>
  async () => {
    const now = clock.now();
    const due: WorkloadOwner[] = [];
    const record = async (cluster: Cluster): Promise<void> => {
      const { id, identifier, owner, expiresAt } = cluster;
      // A termination that EMR did not accept before has its entry.
      if (cluster.workload.termination === null)
        await acts.recordEnd({
          action: 'cluster.expire',
          object: { kind: 'cluster', id },
          detail: { identifier, owner, expiresAt },
        });
      const recorded = await owning(cluster).change((workload, current) =>
        isExpired(current, now) ? terminationRequested(workload, { by: PORTAL, reason: 'expired', at: now }) : workload,
      );
      if (needsTermination(recorded.workload)) due.push(recorded);
    };
    try {
      return await sweep({
        what: 'record that a cluster expired',
        items: (await clusters.active()).filter((cluster) => isToTerminate(cluster, now)),
        evidence: ({ id }) => ({ clusterId: id }),
        act: record,
      });
    } finally {
      // The recorded ones are terminated even if others failed.
      await terminateAllInEmr(engines)(due);
    }
  };
