import {
  endedUnlaunched,
  isExpired,
  launchClaimedAgain,
  launchFailed,
  type Cluster,
} from '../../shared/domain/cluster.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { LaunchClaimedCluster } from './launch-claimed-cluster.ts';

interface RelaunchClusterDependencies {
  readonly clusters: ClusterRepository;
  readonly sshKeys: SshKeyRepository;
  readonly launchClaimed: LaunchClaimedCluster;
  readonly clock: Clock;
  readonly newRunToken: () => string;
}

export type RelaunchCluster = (stale: Cluster) => Promise<void>;

const KEY_GONE = { code: 'VALIDATION_ERROR', message: 'Its SSH key was deleted before EMR launched the cluster.' };
const TOO_LATE = { code: 'INTERNAL_ERROR', message: 'EMR did not launch the cluster within its lifetime.' };

/**
 * Settles a cluster that is still LAUNCHING although EMR certainly has none of its token: launches it again under a
 * fresh token, or ends it where it is no longer wanted or possible.
 */
export const relaunchCluster = ({
  clusters,
  sshKeys,
  launchClaimed,
  clock,
  newRunToken,
}: RelaunchClusterDependencies): RelaunchCluster => {
  const keyOf = async ({ sshKeyId }: Cluster): Promise<SshKey | null> => {
    try {
      return await sshKeys.get(sshKeyId);
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  };

  return async (stale) => {
    const sshKey = await keyOf(stale);
    const runToken = newRunToken();
    const settled = await clusters.change(stale.id, (current) => {
      const now = clock.now();
      if (current.status !== 'LAUNCHING' || current.runToken !== stale.runToken) return current;
      if (current.termination !== null) return endedUnlaunched(current, now);
      if (isExpired(current, now)) return launchFailed(current, TOO_LATE, now);
      if (sshKey === null) return launchFailed(current, KEY_GONE, now);
      return launchClaimedAgain(current, stale.runToken, runToken, now);
    });
    if (settled.runToken !== runToken || sshKey === null) return;
    const { result } = await launchClaimed(settled, sshKey);
    logger.warn('A cluster that EMR never launched was launched again', { clusterId: stale.id, result });
  };
};
