import {
  isActive,
  isExpired,
  owesTermination,
  terminationRequested,
  terminationTaken,
  type Cluster,
} from '../../shared/domain/cluster.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface TerminateExpiredClustersDependencies {
  readonly clusters: ClusterRepository;
  readonly emr: EmrClusters;
  readonly clock: Clock;
}

/** Who ends what nobody asked to end. */
const PORTAL = 'ATMO';

/**
 * Ends the clusters whose time is over, and asks again for those whose end EMR did not take before. Each is recorded
 * first, and an extension that comes in between wins.
 * @throws SweepFailed; AwsThrottled, AwsFailed where EMR does not take the terminations: the next minute repeats them
 */
export const terminateExpiredClusters =
  ({ clusters, emr, clock }: TerminateExpiredClustersDependencies): Task =>
  async () => {
    const now = clock.now();
    const due = new Map<string, string>();
    const record = async ({ id }: Cluster): Promise<void> => {
      const recorded = await clusters.change(id, (cluster) =>
        isActive(cluster) && isExpired(cluster, now) && cluster.termination === null
          ? terminationRequested(cluster, { by: PORTAL, reason: 'expired', at: now })
          : cluster,
      );
      if (recorded.jobflowId !== null && owesTermination(recorded)) due.set(id, recorded.jobflowId);
    };
    try {
      await sweep({
        what: 'record that a cluster expired',
        items: (await clusters.active()).filter((cluster) => isExpired(cluster, now) || owesTermination(cluster)),
        evidence: ({ id }) => ({ clusterId: id }),
        act: record,
      });
    } finally {
      // What could be recorded is ended, whatever became of the others.
      if (due.size > 0) await emr.terminate([...due.values()]);
      for (const id of due.keys()) await clusters.change(id, (cluster) => terminationTaken(cluster, clock.now()));
    }
  };
