import { PAGES } from '../../shared/contract/pages.ts';
import type { DepartureReason } from '../../shared/domain/departure.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { MailKind, MailValues } from '../../shared/domain/mail.ts';
import type { RunOutcome } from '../../shared/domain/run.ts';

interface MailLink {
  readonly label: string;
  readonly path: string;
}

/** The content of a mail, before rendering. */
export interface MailText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Label and value pairs, shown as a list; empty values are omitted. */
  readonly facts: Readonly<Record<string, string>>;
  /** The first is what the mail asks for. */
  readonly links: readonly [MailLink, ...MailLink[]];
}

type Templates = { readonly [Kind in MailKind]: (values: MailValues[Kind]) => MailText };

const utc = (instant: Instant): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** Shortens long texts; the run's page has all of it. */
const shortened = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const namesOf = (names: readonly string[], count: number): string =>
  `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;

const LEFT_BECAUSE: Readonly<Record<DepartureReason, string>> = {
  disabled: 'was disabled at the identity provider',
  deleted: 'was deleted at the identity provider',
  inactive: 'has not signed in for as many days as the deployment allows',
};

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const percent = (used: number, limit: number): string => `${Math.floor((used / limit) * 100)} %`;

const budgetName = (account: string, owner: string): string => {
  if (account === 'everyone') return 'The budget of the portal';
  return account.startsWith('group#')
    ? `The budget of the group ${account.slice('group#'.length)}`
    : `The budget of ${owner}`;
};

const OUTCOMES: Readonly<Record<RunOutcome, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  cancelled: 'cancelled',
  missed: 'missed',
};

const editing = (identifier: string): MailLink => ({
  label: 'Edit the Spark job',
  path: PAGES.editSparkJob(identifier),
});
const seeing = (identifier: string): MailLink => ({ label: 'Open the Spark job', path: PAGES.sparkJob(identifier) });

export const MAIL_TEMPLATES: Templates = {
  'cluster-expires-soon': ({ clusterId, identifier, expiresAt }) => ({
    subject: `Cluster ${identifier} expires at ${utc(expiresAt)}`,
    paragraphs: [
      `Your cluster ${identifier} will be terminated at ${utc(expiresAt)}.`,
      'Files outside home directories and S3 will be lost. Save them elsewhere, or extend the lifetime of the cluster.',
    ],
    facts: {},
    links: [{ label: 'See or extend the cluster', path: PAGES.cluster(clusterId) }],
  }),

  'session-expires-soon': ({ sessionId, name, expiresAt }) => ({
    subject: `Session ${name} expires at ${utc(expiresAt)}`,
    paragraphs: [
      `Your Spark session ${name} will be terminated at ${utc(expiresAt)}.`,
      'Its temporary views and cached tables end with it, and clients lose their connection.',
    ],
    facts: {},
    links: [{ label: 'See or extend the session', path: PAGES.session(sessionId) }],
  }),

  'spark-job-expired': ({ jobIdentifier, description, endDate, createdAt, modifiedAt, lastRun }) => ({
    subject: `Spark job ${jobIdentifier} has expired`,
    paragraphs: [
      `Your Spark job ${jobIdentifier} has reached its end date and will not run again.`,
      'Its notebook, history and results are kept. To run it again, move the end date to the future.',
    ],
    facts: {
      Description: description,
      'End date': endDate === null ? '' : utc(endDate),
      Created: utc(createdAt),
      Modified: utc(modifiedAt),
      'Last run':
        lastRun === null
          ? 'none'
          : `${utc(lastRun.at)}${lastRun.outcome === null ? '' : `, ${OUTCOMES[lastRun.outcome]}`}`,
    },
    links: [editing(jobIdentifier), seeing(jobIdentifier)],
  }),

  'run-timed-out': ({ jobIdentifier, description, runId, scheduledAt, timeoutHours }) => ({
    subject: `Spark job ${jobIdentifier} timed out`,
    paragraphs: [
      `A run of your Spark job ${jobIdentifier} reached its timeout of ${timeoutHours} h and is being terminated.`,
      'The notebook was saved after every cell, so the results so far are kept. ' +
        'To let the next run finish, raise the timeout or the number of workers, or reduce the work of one run.',
    ],
    facts: { Description: description, Planned: utc(scheduledAt), Timeout: `${timeoutHours} h`, Run: runId },
    links: [{ label: 'See the results so far', path: PAGES.run(jobIdentifier, runId) }, editing(jobIdentifier)],
  }),

  'run-failed': ({ jobIdentifier, description, runId, scheduledAt, reason, failure }) => ({
    subject: `Spark job ${jobIdentifier} failed${reason === null ? '' : ` (${reason.code})`}`,
    paragraphs: [`A run of your Spark job ${jobIdentifier} failed.`],
    facts: {
      Description: description,
      Reason: reason === null ? '' : `${reason.code}: ${shortened(reason.message)}`,
      'Failing cell': failure === null || failure.cell === null ? '' : String(failure.cell),
      Error: failure === null ? '' : shortened(`${failure.errorName}: ${failure.errorValue}`),
      Planned: utc(scheduledAt),
      Run: runId,
    },
    links: [{ label: 'See what failed and what to do', path: PAGES.run(jobIdentifier, runId) }, editing(jobIdentifier)],
  }),

  'run-missed': ({ jobIdentifier, description, occurrence, reason }) => ({
    subject: `Spark job ${jobIdentifier} missed its run of ${utc(occurrence)}`,
    paragraphs: [
      `Your Spark job ${jobIdentifier} did not run at ${utc(occurrence)}.`,
      'Later runs are not affected. If you need this run, start it with Run now.',
    ],
    facts: { Description: description, Reason: `${reason.code}: ${shortened(reason.message)}` },
    links: [seeing(jobIdentifier), editing(jobIdentifier)],
  }),

  'release-support-ends': ({ jobIdentifier, description, emrRelease, supportEndsOn, hasEnded }) => ({
    subject: `Spark job ${jobIdentifier}: AWS support for EMR ${emrRelease} ${hasEnded ? 'ended' : 'ends'} on ${supportEndsOn}`,
    paragraphs: [
      `Your Spark job ${jobIdentifier} runs on EMR ${emrRelease}. AWS's standard support for this release ${hasEnded ? 'ended' : 'ends'} on ${supportEndsOn}.`,
      'The job goes on running, but AWS no longer mends faults of a release after that day. Choose a newer release, then check the job with Run now.',
    ],
    facts: { Description: description },
    links: [editing(jobIdentifier), seeing(jobIdentifier)],
  }),

  'person-left': ({ username, email, reason, clusters, clusterCount, sessions = [], jobs, jobCount }) => ({
    subject: `${username} has left: ${countOf(clusterCount, 'cluster')} and ${countOf(sessions.length, 'session')} ended, ${countOf(jobCount, 'Spark job')} paused`,
    paragraphs: [
      `${username} (${email}) ${LEFT_BECAUSE[reason]}. Their clusters and sessions are being terminated and their Spark jobs are paused. Nothing was deleted.`,
      'Transfer what should go on to another person, then enable it again.',
    ],
    facts: {
      Clusters: namesOf(clusters, clusterCount),
      Sessions: sessions.join(', '),
      'Spark jobs': namesOf(jobs, jobCount),
    },
    links: [{ label: 'See the person', path: PAGES.people(username) }],
  }),

  'hourly-cost': ({ hourly, limit }) => ({
    subject: `Everything together costs ${dollars(hourly)} an hour`,
    paragraphs: [
      `What runs now costs ${dollars(hourly)} an hour. The stage tells admins from ${dollars(limit)} an hour on, once a day.`,
      'See which clusters and runs it is. To stop more from starting, pause launches or lower the budgets.',
    ],
    facts: {},
    links: [{ label: 'Open the administration', path: '/admin' }],
  }),

  'budget-used': ({ account, owner, month, limit, used, level }) => {
    const budget = budgetName(account, owner);
    const isExceeded = level === 'exceeded';
    return {
      subject: isExceeded
        ? `${budget} for ${month} is used up`
        : `${budget} for ${month} is at ${percent(used, limit)}`,
      paragraphs: [
        isExceeded
          ? `${budget} for ${month} has no room for what was to be launched, or is used up. Launches, extensions and runs over it are refused; scheduled runs are recorded as missed. What already runs goes on.`
          : `${budget} for ${month} is at ${percent(used, limit)}. At 100 % launches, extensions and runs are refused.`,
        'What runs counts with what it will have cost at its end, until it has ended. An administrator of the portal can raise the budget.',
      ],
      facts: { Budget: dollars(limit), Used: dollars(used) },
      links: [{ label: 'Open the dashboard', path: '/' }],
    };
  },
};
