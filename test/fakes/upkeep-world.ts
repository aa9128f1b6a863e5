import { followCluster } from '../../functions/workloads/follow-cluster.ts';
import { launchClaimedCluster } from '../../functions/workloads/launch-claimed-cluster.ts';
import { passOnTermination } from '../../functions/workloads/pass-on-termination.ts';
import { relaunchCluster } from '../../functions/workloads/relaunch-cluster.ts';
import { relaunchRun } from '../../functions/workloads/relaunch-run.ts';
import { announceExpiries } from '../../functions/upkeep/announce-expiries.ts';
import { endOverdueRuns } from '../../functions/upkeep/end-overdue-runs.ts';
import { emrEventIn } from '../../functions/upkeep/emr-event.ts';
import { findOrphans } from '../../functions/upkeep/find-orphans.ts';
import { followEmrEvent } from '../../functions/upkeep/follow-emr-event.ts';
import { followedClusters } from '../../functions/workloads/followed-clusters.ts';
import { followedRuns } from '../../functions/workloads/followed-runs.ts';
import { syncWithEmr } from '../../functions/upkeep/sync-with-emr.ts';
import { terminateExpiredClusters } from '../../functions/upkeep/terminate-expired-clusters.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { PendingMail } from '../../shared/domain/mail.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { SSH_KEY } from './emr-launch.ts';
import { fakeClusterRepository } from './fake-cluster-repository.ts';
import { ENVIRONMENT } from './fake-emr.ts';
import { fakeSshKeyRepository } from './fake-ssh-key-repository.ts';
import { jobWorld } from './job-world.ts';

interface Present {
  readonly clusters?: readonly Cluster[];
  readonly jobs?: readonly SparkJob[];
}

/** Clusters and jobs on one fake EMR, with the upkeep's use cases over them. It is 06:40. */
export const upkeepWorld = ({ clusters: present = [], jobs: presentJobs = [] }: Present = {}) => {
  const ofJobs = jobWorld(...presentJobs);
  const { clock, jobs, emr: held } = ofJobs;
  const { emr } = held;
  const clusters = fakeClusterRepository(...present);
  const sshKeys = fakeSshKeyRepository(SSH_KEY);
  let tokens = 0;
  const newRunToken = (): string => `again${String((tokens += 1)).padStart(5, '0')}`;
  const mailedClusters: PendingMail[] = [];
  const deliverMails = async ({ id }: Cluster): Promise<void> => {
    await clusters.change(id, (cluster) => {
      mailedClusters.push(...cluster.pendingMails);
      return { ...cluster, pendingMails: [] };
    });
  };

  const ends = passOnTermination({ clusters, emr, clock });
  const follow = followCluster({ clusters, emr, passOnTermination: ends, clock });
  const launchClaimed = launchClaimedCluster({
    clusters,
    provisioner: held.provisioner,
    passOnTermination: ends,
    clock,
    patience: { pause: async () => undefined, random: () => 0 },
  });
  const relaunchOne = relaunchCluster({ clusters, sshKeys, launchClaimed, clock, newRunToken });
  const relaunchOneRun = relaunchRun({ ...ofJobs, newRunToken });
  const followEvent = followEmrEvent({
    clusters,
    jobs,
    followCluster: follow,
    followRun: ofJobs.followRun,
    environment: ENVIRONMENT,
  });

  return {
    ...ofJobs,
    held: held.held,
    calls: held.calls,
    failures: held.failures,
    put: held.put,
    clusters,
    sshKeys,
    mailedClusters,
    cluster: () => clusters.get('c1'),
    sync: syncWithEmr({
      readers: [
        followedClusters({ clusters, followCluster: follow, relaunchCluster: relaunchOne }),
        followedRuns({ jobs, followRun: ofJobs.followRun, relaunchRun: relaunchOneRun, clock }),
      ],
      emr,
      environment: ENVIRONMENT,
      clock,
    }),
    terminateExpired: terminateExpiredClusters({ clusters, emr, clock }),
    announce: announceExpiries({ clusters, deliverMails, clock }),
    findOrphans: findOrphans({ emr, clusters, jobs, environment: ENVIRONMENT, clock }),
    endOverdue: endOverdueRuns({ jobs, timeOutRun: ofJobs.timeOutRun, clock }),
    /** Delivers an event as EventBridge would. */
    event: async (event: unknown): Promise<void> => {
      const known = emrEventIn(event);
      if (known === null) throw new Error('This is no event of EMR');
      await followEvent(known);
    },
  };
};

export type UpkeepWorld = ReturnType<typeof upkeepWorld>;
