import type { Expiring, SearchedExpiring } from '../../shared/domain/expiring.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { ListPosition, Page, PageRequest } from '../../shared/domain/page.ts';
import type { CountedWorkload } from '../../shared/domain/workload.ts';

/** Stores clusters or sessions. Every write is one conditional write of one item. */
export interface ExpiringRepository<Holder extends Expiring, Filter extends string> {
  /** Writes a new one before EMR is asked for it. */
  claimLaunch(holder: Holder): Promise<void>;
  /** Deletes a claim that EMR was certainly not asked for, or answered that it launched nothing. Any other stays, and the answer is false. */
  abandonLaunch(holder: Holder): Promise<boolean>;
  /** @throws NotFound */
  get(id: string): Promise<Holder>;
  findByEmrId(emrId: string): Promise<Holder | null>;
  /**
   * Applies a pure change to the newest state, and retries if another writer was faster. A change that returns
   * its argument writes nothing.
   * @throws NotFound, and errors of the change
   */
  change(id: string, change: (holder: Holder) => Holder): Promise<Holder>;
  /** Newest first. `ownerId` null: of all people. */
  list(filter: Filter, ownerId: string | null, page: PageRequest): Promise<Page<Holder>>;
  /** Of all people, with no more of each than lists are searched, sorted and narrowed by. */
  searched(filter: Filter, page: PageRequest): Promise<Page<SearchedExpiring<Holder>>>;
  /** Those of one person that come after the position, newest first. */
  listAfter(filter: Filter, ownerId: string, after: ListPosition | null, limit: number): Promise<readonly Holder[]>;
  /** The one with this id, if there is one and it passes the filter. */
  findIn(filter: Filter, id: string): Promise<Holder | null>;
  /** Every active one, LAUNCHING ones included. */
  active(): Promise<readonly Holder[]>;
  /** Of every active one, what is counted. */
  activeWorkloads(): Promise<readonly CountedWorkload[]>;
  /** Active ones whose expiry is before the moment. */
  activeExpiringBefore(moment: Instant): Promise<readonly Holder[]>;
  /** Those that EMR has taken and whose usage is not closed: those that run, and those that ended lately. */
  withOpenUsage(): Promise<readonly Holder[]>;
  /** All made between two moments, both included. */
  createdBetween(from: Instant, to: Instant): Promise<readonly Holder[]>;
  /** Items with a mail in their outbox. */
  withUnsentMail(): Promise<readonly Holder[]>;
}
