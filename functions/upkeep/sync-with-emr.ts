import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { ACTIVE_EMR_STATES, type EmrClusterState, type EmrObservation } from '../../shared/domain/emr-state.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { EmrClusters, ListedCluster } from '../ports/emr-clusters.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Followed, ReadFollowed } from '../workloads/followed.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

interface SyncWithEmrDependencies {
  readonly readers: readonly ReadFollowed[];
  readonly emr: EmrClusters;
  readonly environment: string;
  readonly clock: Clock;
}

const FINAL_STATES: readonly EmrClusterState[] = ['TERMINATED', 'TERMINATED_WITH_ERRORS'];

/** EMR's lists lag behind: what two sweeps running have missed is looked at more closely. */
const PATIENT_SWEEPS = 2;
const PATIENT_MINUTES = 10;

/**
 * How far back the list of what ended goes for a missing item whose id is known: past that, the account's whole history
 * would be read for one item, and asking for it by its id tells the same.
 */
const LISTED_MINUTES = 24 * 60;

/** What EMR's lists hold, by both ways of knowing one of them again. */
const lookup = (listed: readonly ListedCluster[], environment: string) => {
  const byJobflow = new Map(listed.map((cluster) => [cluster.jobflowId, cluster]));
  const byToken = new Map(listed.map((cluster) => [runTokenIn(cluster.name, environment), cluster]));
  return ({ jobflowId, runToken }: Followed): EmrObservation | undefined =>
    jobflowId === null ? byToken.get(runToken) : byJobflow.get(jobflowId);
};

/** EMR forgets a cluster two months after its end, and invents no other. */
const vanished = (jobflowId: string, now: Instant): EmrObservation => ({
  jobflowId,
  state: 'TERMINATED_WITH_ERRORS',
  reason: { code: 'INTERNAL_ERROR', message: 'EMR no longer knows this cluster.' },
  createdAt: null,
  readyAt: null,
  finishedAt: null,
  masterAddress: null,
  normalizedInstanceHours: null,
  observedAt: now,
});

/**
 * Follows everything that is active by one list of EMR's active clusters, one call for each 50. What that lacks is
 * looked for among those that ended since; only what is in neither list on two sweeps running is asked for by id.
 * A launch of unknown outcome is found by its run token: adopted, or launched again.
 * @throws SweepFailed; AwsThrottled, AwsFailed where EMR cannot be asked at all
 */
export const syncWithEmr =
  ({ readers, emr, environment, clock }: SyncWithEmrDependencies): Task =>
  async () => {
    // Read before EMR is asked: whatever is known here was launched by then, or is still LAUNCHING.
    const followed = (await Promise.all(readers.map((read) => read()))).flat();
    if (followed.length === 0) return;
    const active = await emr.list(ACTIVE_EMR_STATES);
    const find = lookup([...active, ...(await endedSince(oldestMissing(active)))], environment);

    await sweep({
      what: 'follow EMR',
      items: followed,
      evidence: ({ id, runToken }) => ({ id, runToken }),
      act: async (item) => {
        const seen = find(item);
        if (seen !== undefined) return item.observe(seen);
        const now = clock.now();
        const isPatient = item.missedSweeps + 1 < PATIENT_SWEEPS || plusMinutes(item.since, PATIENT_MINUTES) > now;
        if (isPatient) return item.miss();
        if (item.jobflowId === null) return item.relaunch();
        return item.observe((await emr.describe(item.jobflowId)) ?? vanished(item.jobflowId, now));
      },
    });

    function oldestMissing(listed: readonly ListedCluster[]): Instant | undefined {
      const isListed = lookup(listed, environment);
      const missing = followed.filter((item) => isListed(item) === undefined);
      const horizon = plusMinutes(clock.now(), -LISTED_MINUTES);
      // A launch of unknown outcome has no id: only a list tells whether it may be launched again.
      const moments = missing.map(({ jobflowId, since }) => (jobflowId !== null && since < horizon ? horizon : since));
      return moments.toSorted()[0];
    }

    /** A minute earlier than our own clock says, for EMR's may differ. */
    async function endedSince(moment: Instant | undefined): Promise<readonly ListedCluster[]> {
      return moment === undefined ? [] : emr.list(FINAL_STATES, plusMinutes(moment, -1));
    }
  };
