import { withMailAttempt, withoutMail, type PendingMail } from '../../shared/domain/mail.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Mail, MailSender } from '../ports/mail-sender.ts';

interface DeliverDependencies {
  readonly mailSender: MailSender;
  readonly render: (mail: PendingMail) => Mail;
  readonly clock: Clock;
  readonly newAttemptId: () => string;
}

export interface OwesMail {
  readonly pendingMails: readonly PendingMail[];
}

/** The repository's `change` for the item at hand. */
export type ChangeItem<Item> = (change: (item: Item) => Item) => Promise<Item>;

/** Replaces the mails of an item; the same item where they are the same. */
const withMails = <Item extends OwesMail>(item: Item, pendingMails: readonly PendingMail[]): Item =>
  pendingMails.length === item.pendingMails.length &&
  pendingMails.every((mail, position) => mail === item.pendingMails[position])
    ? item
    : { ...item, pendingMails };

/**
 * Sends the mails that an item owes and takes each from the item once SES has it. An attempt is written down first, so
 * that an event and a sweep do not both send it; a crash after SES took it repeats that one, and none is ever lost.
 * What cannot be sent stays owed, for the sweep.
 */
export const deliverPendingMails = ({ mailSender, render, clock, newAttemptId }: DeliverDependencies) => {
  const deliver = async <Item extends OwesMail>(id: string, change: ChangeItem<Item>): Promise<void> => {
    const now = clock.now();
    const attemptId = newAttemptId();
    const { pendingMails } = await change((item) =>
      withMails(item, withMailAttempt(item.pendingMails, id, attemptId, now)),
    );
    const mail = pendingMails.find((candidate) => candidate.id === id);
    if (mail?.attempt?.id !== attemptId) return;
    await mailSender.send(render(mail));
    await change((item) => withMails(item, withoutMail(item.pendingMails, id)));
  };

  return async <Item extends OwesMail>(item: Item, change: ChangeItem<Item>): Promise<void> => {
    for (const { id, kind } of item.pendingMails) {
      await deliver(id, change).catch((error: unknown) => {
        logger.error('A mail could not be delivered; it stays owed', { mail: id, kind, error });
      });
    }
  };
};
