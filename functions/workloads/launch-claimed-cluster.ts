import { launchedAs, launchFailed, type Cluster } from '../../shared/domain/cluster.ts';
import { AwsThrottled, EmrRefusedLaunch, LaunchUncertain } from '../../shared/domain/errors.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import { withPatience, type Patience } from './patience.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { ClusterProvisioner } from '../ports/cluster-provisioner.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { PassOnTermination } from './pass-on-termination.ts';

interface LaunchClaimedDependencies {
  readonly clusters: ClusterRepository;
  readonly provisioner: ClusterProvisioner;
  readonly passOnTermination: PassOnTermination;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** What came of a launch. `uncertain`: the cluster stays LAUNCHING and the sweep finds out. */
export type LaunchResult =
  | { readonly result: 'launched' | 'uncertain'; readonly cluster: Cluster }
  /** Certainly not launched, and the claim stands. */
  | { readonly result: 'throttled'; readonly error: AwsThrottled }
  /** Certainly not launched, and recorded as failed. */
  | { readonly result: 'refused'; readonly error: EmrRefusedLaunch };

export type LaunchClaimedCluster = (claimed: Cluster, sshKey: SshKey) => Promise<LaunchResult>;

/**
 * Launches a cluster whose claim is written, and records what came of it. Failures of EMR are results; failures to
 * record are thrown, and leave a LAUNCHING cluster to the sweep.
 */
export const launchClaimedCluster = ({
  clusters,
  provisioner,
  passOnTermination,
  clock,
  patience,
}: LaunchClaimedDependencies): LaunchClaimedCluster => {
  const askEmr = async (claimed: Cluster, sshKey: SshKey): Promise<string | LaunchResult> => {
    try {
      return await withPatience(() => provisioner.launch(claimed, sshKey), patience);
    } catch (error) {
      if (error instanceof AwsThrottled) return { result: 'throttled', error };
      if (error instanceof EmrRefusedLaunch) return { result: 'refused', error };
      if (!(error instanceof LaunchUncertain)) throw error;
      logger.warn('It is not certain whether EMR launched a cluster', { clusterId: claimed.id, error });
      return { result: 'uncertain', cluster: claimed };
    }
  };

  return async (claimed, sshKey) => {
    const answer = await askEmr(claimed, sshKey);
    if (typeof answer !== 'string') {
      if (answer.result === 'refused') {
        const reason = { code: 'VALIDATION_ERROR', message: answer.error.message };
        await clusters.change(claimed.id, (current) => launchFailed(current, reason, clock.now()));
      }
      return answer;
    }
    const launched = await clusters.change(claimed.id, (current) => launchedAs(current, answer, clock.now()));
    // Somebody may have asked for the end before there was a jobflow id to name to EMR.
    const cluster = launched.termination === null ? launched : await passOnTermination(launched);
    return { result: 'launched', cluster };
  };
};
