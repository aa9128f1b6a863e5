import type { Cluster } from '../../shared/domain/cluster.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';

/** Launches the EMR cluster behind a `Cluster`. */
export interface ClusterProvisioner {
  /**
   * @returns the jobflow id
   * @throws AwsThrottled: certainly not launched; EmrRefusedLaunch: certainly not launched, and never will be;
   *   LaunchUncertain: perhaps launched, to be found by its run token
   */
  launch(cluster: Cluster, sshKey: SshKey): Promise<string>;
}
