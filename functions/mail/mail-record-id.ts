import { createHash } from 'node:crypto';

/** The id of the record of a mail, by the id of the mail. */
export type RecordIdOf = (mailId: string) => string;

/**
 * The records of the mails in the outbox of an item: the same for each attempt. The id is a tag of the mail in SES, whose values are
 * letters, digits, `-` and `_` (API reference, MessageTag).
 */
export const recordsOf =
  (itemId: string): RecordIdOf =>
  (mailId) =>
    createHash('sha256').update(`${itemId} ${mailId}`).digest('base64url').slice(0, 27);
