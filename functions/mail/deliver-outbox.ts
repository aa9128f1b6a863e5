import { MailRefused } from '../../shared/domain/errors.ts';
import { MAX_MAIL_ATTEMPTS, withMailAttempt, withoutMail, type OutboxMail } from '../../shared/domain/mail.ts';
import { attempted, failed, isSent, newMailRecord, notSent, sent } from '../../shared/domain/mail-record.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { Mail, MailSender } from '../ports/mail-sender.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { RecordIdOf } from './mail-record-id.ts';

interface DeliverDependencies {
  readonly mailSender: MailSender;
  readonly render: (mail: OutboxMail) => Mail;
  readonly records: Pick<MailRecords, 'keep' | 'change'>;
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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether another attempt would fail as well, or was made often enough. */
const isFinal = (error: unknown, { attempt }: OutboxMail): boolean =>
  error instanceof MailRefused || (attempt?.number ?? 0) >= MAX_MAIL_ATTEMPTS;

/**
 * Sends the mails in an item's outbox. The order of the writes loses none: the attempt, in the item, so that an event and a sweep do
 * not both send it; the mail's record, so that admins see what waits; after SES has taken it, the record again, so that a crash
 * before the last write does not send it twice; and last, that the outbox forgets it. A crash right after SES accepted a mail
 * repeats that mail. What SES refuses for good, or a day long, leaves the outbox with a record that says so.
 */
export const deliverOutbox = ({ mailSender, render, records, clock, newAttemptId }: DeliverDependencies) => {
  const send = async (recordId: string, mail: OutboxMail): Promise<void> => {
    try {
      await mailSender.send(render(mail), recordId);
    } catch (error) {
      const isOver = isFinal(error, mail);
      await records.change(recordId, (record) =>
        isOver ? failed(record, messageOf(error), clock.now()) : notSent(record, messageOf(error)),
      );
      if (!isOver) throw error;
      logger.error('A mail is given up; admins can send it again', { mail: mail.id, kind: mail.kind, recordId, error });
      return;
    }
    await records.change(recordId, (record) => sent(record, clock.now()));
  };

  const deliver = async <Item extends HasOutbox>(
    id: string,
    change: ChangeItem<Item>,
    recordIdOf: RecordIdOf,
  ): Promise<void> => {
    const now = clock.now();
    const attemptId = newAttemptId();
    const { outbox } = await change((item) => withMails(item, withMailAttempt(item.outbox, id, attemptId, now)));
    const mail = outbox.find((candidate) => candidate.id === id);
    if (mail?.attempt?.id !== attemptId) return;
    if (mailSender.sends) {
      const recordId = recordIdOf(id);
      const { attempt: _, ...content } = mail;
      const record = await records.keep(newMailRecord(recordId, content), (known) => attempted(known, now));
      if (!isSent(record)) await send(recordId, mail);
    } else logger.info('A mail is dropped: this stage has no sender (mail.from)', { mail: id, kind: mail.kind });
    await change((item) => withMails(item, withoutMail(item.outbox, id)));
  };

  return async <Item extends HasOutbox>(
    item: Item,
    change: ChangeItem<Item>,
    recordIdOf: RecordIdOf,
  ): Promise<void> => {
    for (const { id, kind } of item.outbox) {
      await deliver(id, change, recordIdOf).catch((error: unknown) => {
        logger.error('A mail could not be delivered; it stays in the outbox', { mail: id, kind, error });
      });
    }
  };
};

export type DeliverOutbox = ReturnType<typeof deliverOutbox>;
