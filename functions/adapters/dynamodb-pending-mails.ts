import type { PendingMail } from '../../shared/domain/mail.ts';

/** Keys of the sparse index `pendingMail`: present only while a mail is owed, the longest owed first. */
export const mailKeys = (kind: 'cluster' | 'spark-job', mails: readonly PendingMail[]) => {
  const [first] = mails;
  return first === undefined ? {} : { mailKey: kind, mailSortKey: first.since };
};
