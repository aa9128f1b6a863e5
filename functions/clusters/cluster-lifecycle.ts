import type { Cluster } from '../../shared/domain/cluster.ts';
import { EmrRefusedLaunch, NotFound } from '../../shared/domain/errors.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ClusterNetwork } from '../ports/cluster-network.ts';
import type { ClusterLaunch, Engines, Launch } from '../ports/emr-engine.ts';
import type { HomeDirectories } from '../ports/home-directories.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import { expiringLifecycle } from '../workloads/expiring-lifecycle.ts';
import { retryWhileThrottled, type RetryTiming } from '../workloads/retry-while-throttled.ts';
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

/** The lifecycle of cluster workloads, shared by all functions that change them. */
export const clusterLifecycle = (deps: ClusterLifecycleDependencies) => {
  const { clusters, sshKeys, network, launches, retryTiming } = deps;
  const homeFor = findHome(deps);

  const keyOf = async ({ sshKeyId }: Cluster): Promise<SshKey> => {
    try {
      return await sshKeys.get(sshKeyId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new EmrRefusedLaunch('The SSH key was deleted before EMR launched the cluster.', { sshKeyId });
    }
  };

  return expiringLifecycle<Cluster>({
    ...deps,
    kind: 'cluster',
    repository: clusters,
    owning: clusterOwner(deps),
    ask: async (cluster) => {
      const sshKey = await keyOf(cluster);
      const groups = await retryWhileThrottled(() => network.groupsOf(cluster.ownerId, 'cluster'), retryTiming);
      const home = await homeFor(cluster, groups);
      return retryWhileThrottled(() => launches.cluster({ cluster, sshKey, groups, home }), retryTiming);
    },
  });
};

export type ClusterLifecycle = ReturnType<typeof clusterLifecycle>;
