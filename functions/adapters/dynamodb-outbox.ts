import type { OutboxMail } from '../../shared/domain/mail.ts';

/** Keys of the sparse index `outbox`: present only while a mail is to be sent, the oldest first. */
export const mailKeys = (
  kind: 'budget-notice' | 'cluster' | 'mail' | 'person' | 'session' | 'spark-job',
  mails: readonly OutboxMail[],
) => {
  const [first] = mails;
  return first === undefined ? {} : { mailKey: kind, mailSortKey: first.since };
};
