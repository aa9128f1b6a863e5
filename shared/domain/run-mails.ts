import { beginningOf } from './bounded-text.ts';
import type { Instant } from './instant.ts';
import { MAX_MAIL_TEXT_BYTES, withMail, type OutboxMail } from './mail.ts';
import { MISSED_REASONS } from './run-reasons.ts';
import { reasonOf, type CellFailure, type Run } from './run.ts';
import type { SparkJob } from './spark-job.ts';

const common = (run: Run, since: Instant) => ({ to: run.ownerEmail, since });

/** The job's description, as far as a mail has room for it. */
const descriptionOf = ({ description }: Pick<SparkJob, 'description'>): string =>
  beginningOf(description, MAX_MAIL_TEXT_BYTES);

const timedOutMail = (job: SparkJob, run: Run, since: Instant): OutboxMail => ({
  ...common(run, since),
  id: `run-timed-out-${run.id}`,
  kind: 'run-timed-out',
  values: {
    jobIdentifier: run.jobIdentifier,
    description: descriptionOf(job),
    runId: run.id,
    scheduledAt: run.scheduledAt,
    timeoutHours: run.timeout,
  },
});

const gist = ({ cell, errorName, errorValue }: CellFailure) => ({
  cell,
  errorName: beginningOf(errorName, MAX_MAIL_TEXT_BYTES),
  errorValue: beginningOf(errorValue, MAX_MAIL_TEXT_BYTES),
});

const failedMail = (job: SparkJob, run: Run, since: Instant): OutboxMail => {
  const reason = reasonOf(run);
  return {
    ...common(run, since),
    id: `run-failed-${run.id}`,
    kind: 'run-failed',
    values: {
      jobIdentifier: run.jobIdentifier,
      description: descriptionOf(job),
      runId: run.id,
      scheduledAt: run.scheduledAt,
      reason: reason && { ...reason, message: beginningOf(reason.message, MAX_MAIL_TEXT_BYTES) },
      failure: run.failure && gist(run.failure),
    },
  };
};

/** That the job was disabled is the owner's own doing and needs no mail. */
const missedMail = (job: SparkJob, run: Run, since: Instant): OutboxMail | null => {
  const reason = reasonOf(run);
  if (reason === null || reason.code === MISSED_REASONS.disabled.code) return null;
  return {
    ...common(run, since),
    id: `run-missed-${run.id}`,
    kind: 'run-missed',
    values: {
      jobIdentifier: run.jobIdentifier,
      description: descriptionOf(job),
      occurrence: run.occurrence,
      reason,
    },
  };
};

/** Reason codes of a failure that deserves a mail. USER_REQUEST and ALL_STEPS_COMPLETED are no failures. */
export const FAILURE_REASON_CODES: readonly string[] = [
  'INTERNAL_ERROR',
  'VALIDATION_ERROR',
  'INSTANCE_FAILURE',
  'BOOTSTRAP_FAILURE',
  'STEP_FAILURE',
];

/** The mail about a final run; null if it succeeded or was terminated on request. */
const mailAbout = (job: SparkJob, run: Run, since: Instant): OutboxMail | null => {
  if (run.outcome === 'timedOut') return timedOutMail(job, run, since);
  if (run.outcome === 'missed') return missedMail(job, run, since);
  const isFailure = run.outcome === 'failed' && FAILURE_REASON_CODES.includes(reasonOf(run)?.code ?? '');
  return isFailure ? failedMail(job, run, since) : null;
};

/** Adds the mail about a final run in the same write that makes it final. */
export const withMailAbout = (job: SparkJob, run: Run, since: Instant): SparkJob => {
  const mail = mailAbout(job, run, since);
  return mail === null ? job : { ...job, outbox: withMail(job.outbox, mail) };
};

export const withTimeoutMail = (job: SparkJob, run: Run, since: Instant): SparkJob => ({
  ...job,
  outbox: withMail(job.outbox, timedOutMail(job, run, since)),
});
