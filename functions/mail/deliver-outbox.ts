import { withMailAttempt, withoutMail, type OutboxMail } from '../../shared/domain/mail.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Mail, MailSender } from '../ports/mail-sender.ts';

interface DeliverDependencies {
  readonly mailSender: MailSender;
  readonly render: (mail: OutboxMail) => Mail;
  readonly clock: Clock;
  readonly newAttemptId: () => string;
}

export interface HasOutbox {
  readonly outbox: readonly OutboxMail[];
}

/** The repository's `change` for the item at hand. */
export type ChangeItem<Item> = (change: (item: Item) => Item) => Promise<Item>;

/** Replaces the mails of an item; the same item where they are the same. */
const withMails = <Item extends HasOutbox>(item: Item, outbox: readonly OutboxMail[]): Item =>
  outbox.length === item.outbox.length && outbox.every((mail, position) => mail === item.outbox[position])
    ? item
    : { ...item, outbox };

/**
 * Sends the mails in an item's outbox and removes each once SES has taken it. An attempt is written first, so that an
 * event and a sweep do not both send it. A crash after SES accepted a mail repeats that mail; no mail is lost. What cannot
 * be sent stays in the outbox, for the sweep.
 */
export const deliverOutbox = ({ mailSender, render, clock, newAttemptId }: DeliverDependencies) => {
  const deliver = async <Item extends HasOutbox>(id: string, change: ChangeItem<Item>): Promise<void> => {
    const now = clock.now();
    const attemptId = newAttemptId();
    const { outbox } = await change((item) => withMails(item, withMailAttempt(item.outbox, id, attemptId, now)));
    const mail = outbox.find((candidate) => candidate.id === id);
    if (mail?.attempt?.id !== attemptId) return;
    await mailSender.send(render(mail));
    await change((item) => withMails(item, withoutMail(item.outbox, id)));
  };

  return async <Item extends HasOutbox>(item: Item, change: ChangeItem<Item>): Promise<void> => {
    for (const { id, kind } of item.outbox) {
      await deliver(id, change).catch((error: unknown) => {
        logger.error('A mail could not be delivered; it stays in the outbox', { mail: id, kind, error });
      });
    }
  };
};
