import type { AuditEntry, AuditFilter } from '../../shared/domain/audit.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** Who did what to which object. Entries are added and expire; none is changed. */
export interface AuditTrail {
  /**
   * To be called after the checks of a change and before its first write or AWS call. Where it fails, the change is not made.
   * @throws AwsThrottled, AwsFailed
   */
  record(entry: AuditEntry): Promise<void>;
  /**
   * Newest first. A page may have fewer entries than asked for and a cursor all the same, where few match.
   * @throws InvalidInput (field `cursor`), AwsThrottled, AwsFailed
   */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}
