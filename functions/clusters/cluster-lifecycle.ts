import type { Cluster } from '../../shared/domain/cluster.ts';
import { isExpired } from '../../shared/domain/expiring.ts';
import { EmrRefusedLaunch, NotFound } from '../../shared/domain/errors.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import { endingOfWorkload, isEnded, type GivenUp } from '../../shared/domain/workload.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ClusterNetwork } from '../ports/cluster-network.ts';
import type { ClusterLaunch, Engines, Launch } from '../ports/emr-engine.ts';
import type { HomeDirectories } from '../ports/home-directories.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ReconcileWorkload } from '../workloads/reconcile-workload.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import { launchWorkload } from '../workloads/launch-workload.ts';
import { relaunchWorkload } from '../workloads/relaunch-workload.ts';
import { retryWhileThrottled, type RetryTiming } from '../workloads/retry-while-throttled.ts';
import { managed, workloadCare } from '../workloads/workload-lifecycle.ts';
import type { WorkloadSource } from '../workloads/workload-owner.ts';
import { clusterOwner } from './cluster-owner.ts';
import { findHome } from './find-home.ts';

export interface ClusterLifecycleDependencies {
  readonly clusters: ClusterRepository;
  readonly quotas: Pick<QuotaReservations, 'release'>;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly sshKeys: SshKeyRepository;
  readonly engines: Engines;
  readonly network: ClusterNetwork;
  readonly homes: Pick<HomeDirectories, 'homeOf'>;
  /** People's clusters run on no other engine. */
  readonly launches: { readonly cluster: Launch<ClusterLaunch> };
  readonly acts: OwnActs;
  readonly launchPause: LaunchPause;
  readonly clock: Clock;
  readonly retryTiming: RetryTiming;
  readonly newRunToken: () => string;
}

const TOO_LATE: GivenUp = {
  ending: 'failed',
  reason: { code: 'INTERNAL_ERROR', message: 'EMR did not launch the cluster within its lifetime.' },
};

/** The lifecycle of cluster workloads, shared by all functions that change them. */
export const clusterLifecycle = (deps: ClusterLifecycleDependencies) => {
  const { clusters, sshKeys, engines, network, launches, launchPause, acts, clock, retryTiming, newRunToken } = deps;
  const owning = clusterOwner(deps);
  const care = workloadCare({ engines, acts });
  const homeFor = findHome(deps);

  const keyOf = async ({ sshKeyId }: Cluster): Promise<SshKey> => {
    try {
      return await sshKeys.get(sshKeyId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new EmrRefusedLaunch('The SSH key was deleted before EMR launched the cluster.', { sshKeyId });
    }
  };

  const launch = launchWorkload<Cluster>({
    engines,
    ask: async (cluster) => {
      const sshKey = await keyOf(cluster);
      const groups = await retryWhileThrottled(() => network.groupsOf(cluster.ownerId, 'cluster'), retryTiming);
      const home = await homeFor(cluster, groups);
      return retryWhileThrottled(() => launches.cluster({ cluster, sshKey, groups, home }), retryTiming);
    },
    terminate: care.terminateSoon,
    acts,
    launchPause,
    clock,
  });
  const relaunch = relaunchWorkload({
    launch,
    launchPause,
    givenUp: (cluster, now) => (isExpired(cluster, now) ? TOO_LATE : null),
    acts,
    clock,
    newRunToken,
  });

  /** EMR ends an idle cluster by itself: the entry is written when the portal learns of it, with EMR's own reason. */
  const reconcile: ReconcileWorkload = async (owner, seen) => {
    const after = await care.reconcile(owner, seen);
    const { audited, workload } = after;
    const isUnasked = workload.termination === null && endingOfWorkload(workload) === 'stopped';
    if (isUnasked && !isEnded(owner.workload)) {
      const { code = '', message = '' } = workload.reason ?? {};
      await acts.recordEnd({ action: 'cluster.end-by-emr', object: audited, detail: { code, message } });
    }
    return after;
  };
  const manage = managed({ reconcile, relaunch });
  const source: WorkloadSource = {
    active: async () => (await clusters.active()).map((cluster) => manage(owning(cluster))),
    async findByEmrId(emrId) {
      const cluster = await clusters.findByEmrId(emrId);
      return cluster === null ? null : manage(owning(cluster));
    },
  };
  return { ...care, owning, launch, source };
};

export type ClusterLifecycle = ReturnType<typeof clusterLifecycle>;
