import { summedUsage } from '../../functions/access/summed-usage.ts';
import { clusterLifecycle } from '../../functions/clusters/cluster-lifecycle.ts';
import { runLaunches } from '../../functions/runs/run-lifecycle.ts';
import { sessionLifecycle } from '../../functions/sessions/session-lifecycle.ts';
import { usageMeter } from '../../functions/upkeep/add-up-usage.ts';
import { emrEventIn } from '../../functions/upkeep/emr-event.ts';
import { endOverdueRuns } from '../../functions/upkeep/end-overdue-runs.ts';
import { expiryTasks } from '../../functions/upkeep/expiry-tasks.ts';
import { findOrphans } from '../../functions/upkeep/find-orphans.ts';
import { lateUsage } from '../../functions/upkeep/late-usage.ts';
import { clusterUsage, runUsage, sessionUsage } from '../../functions/upkeep/open-usage.ts';
import { rebuildUsage } from '../../functions/upkeep/rebuild-usage.ts';
import { reconcileEmrEvent } from '../../functions/upkeep/reconcile-emr-event.ts';
import { launchWaitingClusters } from '../../functions/upkeep/launch-waiting-clusters.ts';
import { settleBudgets } from '../../functions/upkeep/settle-budgets.ts';
import { settleReservations } from '../../functions/upkeep/settle-reservations.ts';
import { sumUpUsage } from '../../functions/upkeep/sum-up-usage.ts';
import { syncWithEmr } from '../../functions/upkeep/sync-with-emr.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import type { OutboxMail } from '../../shared/domain/mail.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { SSH_KEY } from './emr-launch.ts';
import { fakeClusterRepository } from './fake-cluster-repository.ts';
import { ENVIRONMENT } from './fake-emr.ts';
import { fakeHomeDirectories } from './fake-home-directories.ts';
import { fakeSessionRepository } from './fake-session-repository.ts';
import { fakeSshKeyRepository } from './fake-ssh-key-repository.ts';
import { fakeUsageRepository } from './fake-usage-repository.ts';
import { fakeUsageSums } from './fake-usage-sums.ts';
import { jobWorld } from './job-world.ts';
import { flat } from './workload.ts';

interface Present {
  readonly clusters?: readonly Cluster[];
  readonly sessions?: readonly Session[];
  readonly jobs?: readonly SparkJob[];
}

/** Clusters, sessions and jobs on one fake EMR, with the upkeep's use cases over them. It is 06:40. */
export const upkeepWorld = ({
  clusters: present = [],
  sessions: presentSessions = [],
  jobs: presentJobs = [],
}: Present = {}) => {
  const ofJobs = jobWorld(...presentJobs);
  const { clock, jobs, engines, quotas, budgets, reservations, acts, emr: held } = ofJobs;
  const clusters = fakeClusterRepository(...present);
  const sessions = fakeSessionRepository(...presentSessions);
  const sshKeys = fakeSshKeyRepository(SSH_KEY);
  let tokens = 0;
  const newRunToken = (): string => `again${String((tokens += 1)).padStart(5, '0')}`;
  const mailedClusters: OutboxMail[] = [];
  const deliverMails = async ({ id }: Cluster): Promise<void> => {
    await clusters.change(id, (cluster) => {
      mailedClusters.push(...cluster.outbox);
      return { ...cluster, outbox: [] };
    });
  };

  const mailedSessions: OutboxMail[] = [];
  const deliverSessionMails = async ({ id }: Session): Promise<void> => {
    await sessions.change(id, (session) => {
      mailedSessions.push(...session.outbox);
      return { ...session, outbox: [] };
    });
  };

  const pauses: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    clock.advance(milliseconds / 60_000);
  };

  const homes = fakeHomeDirectories(clock);
  const ofLifetimes = {
    quotas,
    budgets,
    engines,
    launches: held.launches,
    acts,
    launchPause: ofJobs.launchPause,
    clock,
    retryTiming: { pause: async () => undefined, random: () => 0 },
    newRunToken,
  };
  const ofClusters = clusterLifecycle({ ...ofLifetimes, clusters, sshKeys, network: ofJobs.network, homes });
  const ofSessions = sessionLifecycle({ ...ofLifetimes, sessions });
  const { source: runSource } = runLaunches({ ...ofJobs.ofLaunches, newRunToken });
  const sources = [ofClusters.source, ofSessions.source, runSource];
  const sums = fakeUsageSums();
  const items = fakeUsageRepository();
  const usage = { ...items, change: lateUsage({ usage: items, sums, clock }) };
  const usageSources = [
    clusterUsage({ clusters, clock }),
    sessionUsage({ sessions, clock }),
    runUsage({ jobs, history: ofJobs.history, clock }),
  ];
  const meter = usageMeter({ sources: usageSources, usage, engines, clock });
  const deliveries = { ofCluster: deliverMails, ofSession: deliverSessionMails };
  const expiry = expiryTasks({ clusters, sessions, ofClusters, ofSessions, deliveries, engines, acts, clock });
  const reconcileEvent = reconcileEmrEvent({ sources, meter, environment: ENVIRONMENT });

  return {
    ...ofJobs,
    held: held.held,
    calls: held.calls,
    failures: held.failures,
    put: held.put,
    clusters,
    sessions,
    ofClusters,
    ofSessions,
    sshKeys,
    mailedClusters,
    mailedSessions,
    session: async () => flat(await sessions.get('s1')),
    cluster: async () => flat(await clusters.get('c1')),
    sync: syncWithEmr({ sources, engines, clock }),
    syncSessions: syncWithEmr({ sources: [ofSessions.source], engines, asked: ['connect'], clock }),
    terminateExpired: expiry.terminateClusters,
    terminateExpiredSessions: expiry.terminateSessions,
    announce: expiry.announceClusters,
    announceSessions: expiry.announceSessions,
    findOrphans: findOrphans({ sources, engines, acts, clock }),
    pauses,
    usage,
    addUpUsage: meter.all,
    sums,
    sumUpUsage: sumUpUsage({ usage, sums, clock }),
    summedUsage: summedUsage({ usage, sums, clock }),
    rebuildUsage: rebuildUsage({ clusters, sessions, history: ofJobs.history, usage, clock }),
    launchWaiting: launchWaitingClusters({ source: ofClusters.source, clock, pause }),
    settleReservations: settleReservations({ reservations, clusters, sessions, jobs, sshKeys, clock }),
    settleBudgets: settleBudgets({ ...ofJobs, accounts: ofJobs.budgetAccounts, clusters, sessions }),
    endOverdue: endOverdueRuns({ jobs, timeOutRun: ofJobs.timeOutRun, clock }),
    /** Delivers an event as EventBridge would. */
    event: async (event: unknown): Promise<void> => {
      const known = emrEventIn(event);
      if (known === null) throw new Error('This is no event of EMR');
      await reconcileEvent(known);
    },
  };
};

export type UpkeepWorld = ReturnType<typeof upkeepWorld>;
