import type { Instant } from './instant.ts';

export type MailKind = 'cluster-expires-soon' | 'spark-job-expired' | 'run-timed-out' | 'run-failed' | 'run-missed';

/**
 * A mail that an item owes its owner. It is stored in the item whose change caused it, so that neither can exist
 * without the other, and removed once SES has taken it.
 */
export interface PendingMail {
  /** Unique within the item; a repeated cause gives the same id and therefore one mail. */
  readonly id: string;
  readonly kind: MailKind;
  readonly to: string;
  readonly since: Instant;
  /** Values for the template, already in words for people. */
  readonly values: Readonly<Record<string, string>>;
}

/** Adds a mail unless the same one is already owed. */
export const withMail = (mails: readonly PendingMail[], mail: PendingMail): readonly PendingMail[] =>
  mails.some(({ id }) => id === mail.id) ? mails : [...mails, mail];

export const withoutMail = (mails: readonly PendingMail[], id: string): readonly PendingMail[] =>
  mails.filter((mail) => mail.id !== id);
