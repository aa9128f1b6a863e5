import { beginningOf } from './bounded-text.ts';
import { Conflict } from './errors.ts';
import { latestOf, plusHours, plusMinutes, type Instant } from './instant.ts';
import type { OutboxMail } from './mail.ts';

export const MAIL_STATES = ['waiting', 'sent', 'failed'] as const;
/** `failed`: SES refused it, it bounced for good, or it was tried too often. It is not tried again unless an admin asks for it. */
export type MailState = (typeof MAIL_STATES)[number];

/** What became of one mail. Its outbox is elsewhere, with the change that caused the mail, until an admin asks to send it again. */
export interface MailRecord {
  readonly id: string;
  readonly mail: OutboxMail;
  readonly createdAt: Instant;
  /** When SES took it; it may bounce later. */
  readonly sentAt: Instant | null;
  /** Over all requests to send it. */
  readonly attempts: number;
  readonly lastAttemptAt: Instant | null;
  readonly lastError: string | null;
  readonly failedAt: Instant | null;
  /** The mail, while it is to be sent again. */
  readonly outbox: readonly OutboxMail[];
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export const newMailRecord = (id: string, mail: OutboxMail): MailRecord => ({
  id,
  mail,
  createdAt: mail.since,
  sentAt: null,
  attempts: 0,
  lastAttemptAt: null,
  lastError: null,
  failedAt: null,
  outbox: [],
  version: 1,
});

export const mailStateOf = ({ sentAt, failedAt }: MailRecord): MailState => {
  if (failedAt !== null) return 'failed';
  return sentAt === null ? 'waiting' : 'sent';
};

/** When something last became of it. */
export const mailModifiedAt = ({ createdAt, sentAt, lastAttemptAt, failedAt, outbox }: MailRecord): Instant =>
  latestOf([sentAt, lastAttemptAt, failedAt, ...outbox.map(({ since }) => since)]) ?? createdAt;

/** SES has taken it: an outbox that still has it is to forget it. */
export const isSent = ({ sentAt }: MailRecord): boolean => sentAt !== null;

const MAX_ERROR_BYTES = 500;

const oneLine = (text: string): string => beginningOf(text.replaceAll(/\p{C}+/gu, ' ').trim(), MAX_ERROR_BYTES);

/** Before SES is asked. What it took before is not sent again. */
export const attempted = (record: MailRecord, at: Instant): MailRecord =>
  isSent(record) ? record : { ...record, attempts: record.attempts + 1, lastAttemptAt: at };

/** SES took it. A bounce may have come before this was written. */
export const sent = (record: MailRecord, at: Instant): MailRecord => ({
  ...record,
  sentAt: at,
  lastError: record.failedAt === null ? null : record.lastError,
  outbox: [],
});

/** It goes on waiting. */
export const notSent = (record: MailRecord, error: string): MailRecord => ({ ...record, lastError: oneLine(error) });

/** It is tried no more. */
export const failed = (record: MailRecord, error: string, at: Instant): MailRecord => ({
  ...record,
  lastError: oneLine(error),
  failedAt: at,
  outbox: [],
});

export interface Bounce {
  /** When SES took the mail that came back. */
  readonly mailedAt: Instant;
  readonly reason: string;
  readonly at: Instant;
}

/** The clocks of SES and of the portal may differ by this. */
const CLOCKS_MINUTES = 1;

/** It came back for good. The same event again, or one about an attempt before the last, changes nothing. */
export const bounced = (record: MailRecord, { mailedAt, reason, at }: Bounce): MailRecord => {
  const isOld = record.lastAttemptAt !== null && plusMinutes(mailedAt, CLOCKS_MINUTES) < record.lastAttemptAt;
  return isOld || record.failedAt !== null ? record : failed(record, reason, at);
};

/** Longer than the pause between two attempts: a mail that waits for longer is in no outbox any more. */
const STUCK_HOURS = 2;

/** @throws Conflict while it is being tried anyway */
export const resendRequested = (record: MailRecord, now: Instant): MailRecord => {
  const since = record.outbox[0]?.since ?? record.lastAttemptAt ?? record.createdAt;
  if (mailStateOf(record) === 'waiting' && plusHours(since, STUCK_HOURS) > now)
    throw new Conflict('The mail is waiting to be sent already. It is tried again within the hour.');
  const { attempt: _, ...mail } = record.mail;
  return { ...record, sentAt: null, failedAt: null, outbox: [{ ...mail, since: now }] };
};

/** Days for which a record is kept. */
const RECORD_DAYS = 365;

export const mailRecordKeptUntil = ({ createdAt }: MailRecord): Instant => plusHours(createdAt, 24 * RECORD_DAYS);
