import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ListPosition, Page, PageRequest } from '../../shared/domain/page.ts';

export type ClusterFilter = 'active' | 'terminated' | 'failed' | 'all';

/** Stores clusters. Every write is one conditional write of one item. */
export interface ClusterRepository {
  /** Writes a new cluster before EMR is asked for it. */
  claimLaunch(cluster: Cluster): Promise<void>;
  /** Deletes a claim that EMR was certainly not asked for, or answered that it launched nothing. Any other stays, and the answer is false. */
  abandonLaunch(cluster: Cluster): Promise<boolean>;
  /** @throws NotFound */
  get(id: string): Promise<Cluster>;
  findByEmrId(emrId: string): Promise<Cluster | null>;
  /**
   * Applies a pure change to the newest state, and retries if another writer was faster. A change that returns
   * its argument writes nothing.
   * @throws NotFound, and errors of the change
   */
  change(id: string, change: (cluster: Cluster) => Cluster): Promise<Cluster>;
  /** Newest first. `ownerId` null: of all people. */
  list(filter: ClusterFilter, ownerId: string | null, page: PageRequest): Promise<Page<Cluster>>;
  /** Clusters of one person that come after the position, newest first. */
  listAfter(
    filter: ClusterFilter,
    ownerId: string,
    after: ListPosition | null,
    limit: number,
  ): Promise<readonly Cluster[]>;
  /** The cluster, if there is one and it passes the filter. */
  findIn(filter: ClusterFilter, id: string): Promise<Cluster | null>;
  /** Every active cluster, LAUNCHING ones included. */
  active(): Promise<readonly Cluster[]>;
  /** Active clusters whose expiry is before the moment. */
  activeExpiringBefore(moment: Instant): Promise<readonly Cluster[]>;
  /** Clusters that EMR has taken and whose usage is not closed: those that run, and those that ended lately. */
  withOpenUsage(): Promise<readonly Cluster[]>;
  /** All clusters made between two moments, both included. */
  createdBetween(from: Instant, to: Instant): Promise<readonly Cluster[]>;
  /** Items with a mail in their outbox. */
  withUnsentMail(): Promise<readonly Cluster[]>;
}
