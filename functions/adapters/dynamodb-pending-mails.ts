import { any, list } from 'dynamodb-toolbox/schema';

import type { PendingMail } from '../../shared/domain/mail.ts';

/** The mails that an item owes, as an attribute. Not checked on reading: a mail of an older release must not hide its item. */
export const pendingMails = () => list(any().castAs<PendingMail>());

/** Keys of the sparse index `pendingMail`: present only while a mail is owed, the longest owed first. */
export const mailKeys = (kind: 'cluster' | 'spark-job', mails: readonly PendingMail[]) => {
  const [first] = mails;
  return first === undefined ? {} : { mailKey: kind, mailSortKey: first.since };
};
