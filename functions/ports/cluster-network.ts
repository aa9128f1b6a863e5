import type { EmrClusterKind } from '../../shared/domain/emr-name.ts';

/** Security groups of one person's clusters, or of one person's runs. */
export interface ClusterGroups {
  /** Of every node: open to itself, and so to no other person's nodes. */
  readonly nodes: string;
  /** Through which EMR reaches nodes in private subnets; null in public ones. */
  readonly serviceAccess: string | null;
}

export interface ClusterNetwork {
  /**
   * The person's groups with all rules that EMR needs; made where they are missing. May be repeated, also at the same time.
   * @param ownerId the person's id
   * @throws AwsThrottled, AwsFailed: try again later; EmrRefusedLaunch: only operators can help
   */
  groupsOf(ownerId: string, kind: EmrClusterKind): Promise<ClusterGroups>;
}
