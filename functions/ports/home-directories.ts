import type { Instant } from '../../shared/domain/instant.ts';
import type { ClusterGroups } from './cluster-network.ts';

/** Where a person's home can be mounted from: an IPv4 address for each subnet. It may take minutes until one answers. */
export type HomeAddresses = Readonly<Record<string, string>>;

/** A home that can be mounted. */
export interface MountedHome {
  readonly id: string;
  /** Of a person; which, `keyOf` tells. */
  readonly personKey: string;
  /** When a cluster was last launched with it; null where that is not known. */
  readonly lastUsedAt: Instant | null;
}

export interface HomeDirectories {
  /**
   * The person's home, made at first use and reachable by their own clusters alone. May be repeated, also at the same time.
   * @param ownerId the person's id
   * @param groups of the person's clusters
   * @returns null where this deployment keeps no homes
   * @throws HomeUnavailable: only operators can help; AwsThrottled, AwsFailed: try again later
   */
  homeOf(ownerId: string, groups: ClusterGroups): Promise<HomeAddresses | null>;

  /** For how many people homes can be mounted at a time, at AWS's default quotas; null where this deployment keeps none. */
  readonly atMost: number | null;

  /** Homes that can be mounted at present. @throws AwsThrottled, AwsFailed */
  mounted(): Promise<readonly MountedHome[]>;

  /** Takes the mounts of a home away; its files stay, and the next launch mounts it again. @throws AwsThrottled, AwsFailed */
  unmount(home: MountedHome): Promise<void>;

  /** A person's `personKey`. */
  keyOf(ownerId: string): string;
}
