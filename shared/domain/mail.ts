import type { CellFailure } from './run.ts';
import type { StatusReason } from './emr-state.ts';
import { plusMinutes, type Instant } from './instant.ts';

/** What each kind of mail tells: facts, which the template puts into words. */
export interface MailValues {
  'cluster-expires-soon': { readonly clusterId: string; readonly identifier: string; readonly expiresAt: Instant };
  'spark-job-expired': { readonly jobIdentifier: string; readonly endDate: Instant | null };
  'run-timed-out': {
    readonly jobIdentifier: string;
    readonly runId: string;
    readonly scheduledAt: Instant;
    readonly timeoutHours: number;
  };
  'run-failed': {
    readonly jobIdentifier: string;
    readonly runId: string;
    readonly scheduledAt: Instant;
    readonly reason: StatusReason | null;
    /** The failing cell, where the run got as far as that. */
    readonly failure: Pick<CellFailure, 'cell' | 'errorName' | 'errorValue'> | null;
  };
  'run-missed': { readonly jobIdentifier: string; readonly occurrence: Instant; readonly reason: StatusReason };
}

export type MailKind = keyof MailValues;

interface PendingMailOf<Kind extends MailKind> {
  /** Unique within the item; a repeated cause gives the same id and therefore one mail. */
  readonly id: string;
  readonly kind: Kind;
  readonly to: string;
  readonly since: Instant;
  readonly values: MailValues[Kind];
  /** The last one; absent before the first. */
  readonly attempt?: MailAttempt;
}

export interface MailAttempt {
  readonly id: string;
  /** 1 for the first. */
  readonly number: number;
  readonly at: Instant;
}

/** A first attempt keeps others away for two minutes, longer than SES ever takes; what SES refuses is tried ever more rarely. */
const nextAttemptAt = ({ number, at }: MailAttempt): Instant => plusMinutes(at, Math.min(2 ** number, 60));

/**
 * A mail that an item owes its owner. It is stored in the item whose change caused it, so that neither can exist
 * without the other, and removed once SES has taken it.
 */
export type PendingMail = { [Kind in MailKind]: PendingMailOf<Kind> }[MailKind];

/** An item must hold what it owes within DynamoDB's 400 KB, or nothing of it could be written any more. */
const MOST_OWED = 100;

/** Adds a mail unless the same one is already owed. Of so many that SES refuses them all, the oldest go. */
export const withMail = (mails: readonly PendingMail[], mail: PendingMail): readonly PendingMail[] =>
  mails.some(({ id }) => id === mail.id) ? mails : [...mails, mail].slice(-MOST_OWED);

export const withoutMail = (mails: readonly PendingMail[], id: string): readonly PendingMail[] =>
  mails.filter((mail) => mail.id !== id);

/** Takes a mail to be sent, unless it is gone or somebody else is at it. */
export const withMailAttempt = (
  mails: readonly PendingMail[],
  id: string,
  attemptId: string,
  now: Instant,
): readonly PendingMail[] =>
  mails.map((mail) => {
    if (mail.id !== id || (mail.attempt !== undefined && nextAttemptAt(mail.attempt) > now)) return mail;
    return { ...mail, attempt: { id: attemptId, number: (mail.attempt?.number ?? 0) + 1, at: now } };
  });
