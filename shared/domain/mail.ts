import type { DepartureReason } from './departure.ts';
import type { BudgetAccountId } from './budget.ts';
import type { Month } from './month.ts';
import type { CellFailure, RunOutcome } from './run.ts';
import type { StatusReason } from './engine.ts';
import { plusMinutes, type Instant } from './instant.ts';

/** The values of each kind of mail, which its template renders. */
export interface MailValues {
  'cluster-expires-soon': { readonly clusterId: string; readonly identifier: string; readonly expiresAt: Instant };
  'session-expires-soon': { readonly sessionId: string; readonly name: string; readonly expiresAt: Instant };
  'spark-job-expired': {
    readonly jobIdentifier: string;
    readonly description: string;
    readonly endDate: Instant | null;
    readonly createdAt: Instant;
    readonly modifiedAt: Instant;
    /** The last run; null where there was none. */
    readonly lastRun: { readonly at: Instant; readonly outcome: RunOutcome | null } | null;
  };
  'run-timed-out': {
    readonly jobIdentifier: string;
    readonly description: string;
    readonly runId: string;
    readonly scheduledAt: Instant;
    readonly timeoutHours: number;
  };
  'run-failed': {
    readonly jobIdentifier: string;
    readonly description: string;
    readonly runId: string;
    readonly scheduledAt: Instant;
    /** With the runner's own sentence, where it left one. */
    readonly reason: StatusReason | null;
    /** The failing cell, where the run got as far as that. */
    readonly failure: Pick<CellFailure, 'cell' | 'errorName' | 'errorValue'> | null;
  };
  'person-left': {
    readonly username: string;
    readonly email: string;
    readonly reason: DepartureReason;
    /** The first of the identifiers, and how many there are. */
    readonly clusters: readonly string[];
    readonly clusterCount: number;
    /** Absent in mails from before there were sessions. */
    readonly sessions?: readonly string[];
    readonly jobs: readonly string[];
    readonly jobCount: number;
  };
  'run-missed': {
    readonly jobIdentifier: string;
    readonly description: string;
    readonly occurrence: Instant;
    readonly reason: StatusReason;
  };
  'release-support-ends': {
    readonly jobIdentifier: string;
    readonly description: string;
    readonly emrRelease: string;
    /** Last day, `YYYY-MM-DD`. */
    readonly supportEndsOn: string;
    readonly hasEnded: boolean;
  };
  'hourly-cost': {
    /** US dollars, as is `limit`. */
    readonly hourly: number;
    readonly limit: number;
  };
  'budget-used': {
    readonly account: BudgetAccountId;
    /** Username, of a person's budget. */
    readonly owner: string;
    readonly month: Month;
    /** US dollars, as is `used`. */
    readonly limit: number;
    readonly used: number;
    readonly level: 'warning' | 'exceeded';
  };
}

export type MailKind = keyof MailValues;

interface OutboxMailOf<Kind extends MailKind> {
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

/** A day, with the pauses between them. After that a mail is given up. */
export const MAX_MAIL_ATTEMPTS = 28;

/** A first attempt keeps others away for two minutes, longer than SES ever takes; what SES refuses is tried ever more rarely. */
const nextAttemptAt = ({ number, at }: MailAttempt): Instant => plusMinutes(at, Math.min(2 ** number, 60));

/**
 * A mail in an item's outbox. It is stored in the item whose change caused it, so that neither can exist without the
 * other, and removed once SES has taken it.
 */
export type OutboxMail = { [Kind in MailKind]: OutboxMailOf<Kind> }[MailKind];

/** Bytes of a text in a mail: pages have it whole, and a mail is stored in its item until it is sent. */
export const MAX_MAIL_TEXT_BYTES = 300;

/** The object whose page has more. */
export const mailSubject = ({
  kind,
  values,
}: OutboxMail): {
  readonly kind: 'budget' | 'cluster' | 'session' | 'spark-job' | 'run' | 'person';
  readonly id: string;
} => {
  switch (kind) {
    case 'cluster-expires-soon':
      return { kind: 'cluster', id: values.clusterId };
    case 'session-expires-soon':
      return { kind: 'session', id: values.sessionId };
    case 'person-left':
      return { kind: 'person', id: values.username };
    case 'hourly-cost':
      return { kind: 'budget', id: 'hourly-cost' };
    case 'budget-used':
      return { kind: 'budget', id: values.account };
    case 'run-failed':
    case 'run-timed-out':
      return { kind: 'run', id: `${values.jobIdentifier}/${values.runId}` };
    case 'run-missed':
    case 'release-support-ends':
    case 'spark-job-expired':
      return { kind: 'spark-job', id: values.jobIdentifier };
  }
};

/** An item must stay within DynamoDB's 400 KB, or nothing of it could be written any more. */
const MAX_OUTBOX = 100;

/** After a long outage many occurrences are recorded at once: their mails leave room for those that cannot come later. */
export const hasRoomForMore = (mails: readonly OutboxMail[]): boolean => mails.length < MAX_OUTBOX / 2;

/** Adds a mail unless the outbox has the same one. Where SES has refused so many that it is full, the oldest goes. */
export const withMail = (mails: readonly OutboxMail[], mail: OutboxMail): readonly OutboxMail[] =>
  mails.some(({ id }) => id === mail.id) ? mails : [...mails, mail].slice(-MAX_OUTBOX);

export const withoutMail = (mails: readonly OutboxMail[], id: string): readonly OutboxMail[] =>
  mails.filter((mail) => mail.id !== id);

/** Claims a mail for sending, unless it is gone or another attempt is in progress. */
export const withMailAttempt = (
  mails: readonly OutboxMail[],
  id: string,
  attemptId: string,
  now: Instant,
): readonly OutboxMail[] =>
  mails.map((mail) => {
    if (mail.id !== id || (mail.attempt !== undefined && nextAttemptAt(mail.attempt) > now)) return mail;
    return { ...mail, attempt: { id: attemptId, number: (mail.attempt?.number ?? 0) + 1, at: now } };
  });
