import type { Cluster } from '../../shared/domain/cluster.ts';
import type { BootstrapLog, ClusterInstance, ClusterStep } from '../../shared/domain/cluster-details.ts';
import type { WholeList } from '../../shared/domain/page.ts';

/** The inside of a cluster that EMR has, or had: nothing where EMR no longer knows it. @throws AwsThrottled, AwsFailed */
export interface ClusterDetails {
  /** Newest first. */
  steps(cluster: Cluster): Promise<WholeList<ClusterStep>>;
  /** Master first, with those that have ended. */
  instances(cluster: Cluster): Promise<WholeList<ClusterInstance>>;
}

/** Logs of bootstrap actions, as far as EMR has copied them to S3. @throws AwsThrottled, AwsFailed */
export interface BootstrapLogs {
  /** Ids of the instances that have one. */
  instances(cluster: Cluster): Promise<readonly string[]>;
  of(cluster: Cluster, instance: string): Promise<readonly BootstrapLog[]>;
}
