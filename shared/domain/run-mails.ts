import { FAILURE_REASON_CODES } from './emr-state.ts';
import type { Instant } from './instant.ts';
import { withMail, type PendingMail } from './mail.ts';
import type { CellFailure, Run } from './run.ts';
import type { SparkJob } from './spark-job.ts';

const common = (run: Run, since: Instant) => ({ to: run.ownerEmail, since });

const timedOutMail = (run: Run, since: Instant): PendingMail => ({
  ...common(run, since),
  id: `run-timed-out-${run.id}`,
  kind: 'run-timed-out',
  values: {
    jobIdentifier: run.jobIdentifier,
    runId: run.id,
    scheduledAt: run.scheduledAt,
    timeoutHours: run.timeout,
  },
});

/** Characters of a text in a mail: the run's page has it whole, and a mail is stored in the job's item until it is sent. */
const MAX_TEXT = 300;

const gist = ({ cell, errorName, errorValue }: CellFailure) => ({
  cell,
  errorName: errorName.slice(0, MAX_TEXT),
  errorValue: errorValue.slice(0, MAX_TEXT),
});

const failedMail = (run: Run, since: Instant): PendingMail => ({
  ...common(run, since),
  id: `run-failed-${run.id}`,
  kind: 'run-failed',
  values: {
    jobIdentifier: run.jobIdentifier,
    runId: run.id,
    scheduledAt: run.scheduledAt,
    reason: run.reason,
    failure: run.failure && gist(run.failure),
  },
});

const missedMail = (run: Run, since: Instant): PendingMail | null =>
  run.reason === null
    ? null
    : {
        ...common(run, since),
        id: `run-missed-${run.id}`,
        kind: 'run-missed',
        values: { jobIdentifier: run.jobIdentifier, occurrence: run.occurrence, reason: run.reason },
      };

/** The mail that a final run owes its owner, if any: a run that ended as somebody wanted owes none. */
const mailAbout = (run: Run, since: Instant): PendingMail | null => {
  if (run.outcome === 'timedOut') return timedOutMail(run, since);
  if (run.outcome === 'missed') return missedMail(run, since);
  const isFailure = run.outcome === 'failed' && run.reason !== null && FAILURE_REASON_CODES.includes(run.reason.code);
  return isFailure ? failedMail(run, since) : null;
};

/** Owes the mail about a run in the same write that makes it final. */
export const withMailAbout = (job: SparkJob, run: Run, since: Instant): SparkJob => {
  const mail = mailAbout(run, since);
  return mail === null ? job : { ...job, pendingMails: withMail(job.pendingMails, mail) };
};

export const withTimeoutMail = (job: SparkJob, run: Run, since: Instant): SparkJob => ({
  ...job,
  pendingMails: withMail(job.pendingMails, timedOutMail(run, since)),
});
