import type { MailRecord, MailState } from '../../shared/domain/mail-record.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** Stores what became of each mail. */
export interface MailRecords {
  /**
   * Applies a pure change to the newest state, or to `initial` where there is no record yet. A change that returns its argument
   * writes nothing.
   * @throws StaleWrite, and errors of the change
   */
  keep(initial: MailRecord, change: (record: MailRecord) => MailRecord): Promise<MailRecord>;
  /** The same for a record that exists. @throws NotFound */
  change(id: string, change: (record: MailRecord) => MailRecord): Promise<MailRecord>;
  /** @throws NotFound */
  get(id: string): Promise<MailRecord>;
  /** Newest first. `state` null: all. @throws InvalidInput (field `cursor`) */
  list(state: MailState | null, page: PageRequest): Promise<Page<MailRecord>>;
  /** Those that an admin asked to send again. */
  withUnsentMail(): Promise<readonly MailRecord[]>;
}
