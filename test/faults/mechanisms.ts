/** A mechanism that keeps something safe, and how it is taken out of the code as it is loaded. */
export type Mechanism = {
  /** What it keeps from happening. */
  readonly against: string;
  /** Below the repository's root. */
  readonly file: string;
} & (
  | {
      /** JavaScript of exports that take the place of those of the same name. */
      readonly exports: string;
    }
  | {
      /** The only such text in the file, and what stands there instead. */
      readonly edit: readonly [string, string];
    }
);

/** A periodic task that does nothing. */
const sweep = (file: string, name: string, against: string): Mechanism => ({
  against,
  file: `functions/upkeep/${file}.ts`,
  exports: `export const ${name} = () => async () => 0;`,
});

const edit = (file: string, text: string, instead: string, against: string): Mechanism => ({
  against,
  file,
  edit: [text, instead],
});

/** Without any of them an invariant must break: `npm run faults -- --sensitivity`. */
export const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'sweep: sync with EMR': sweep('sync-with-emr', 'syncWithEmr', 'a lost event'),
  'sweep: orphans': sweep('find-orphans', 'findOrphans', 'a launch of unknown outcome'),
  'sweep: expired clusters and sessions': sweep(
    'terminate-expired',
    'terminateExpired',
    'a cluster that outlives its expiry',
  ),
  'sweep: overdue runs': sweep('end-overdue-runs', 'endOverdueRuns', 'a time-out whose execution is gone'),
  'sweep: occurrences': sweep('catch-up-due-jobs', 'catchUpDueJobs', 'a lost delivery'),
  'sweep: pending schedules': sweep('put-pending-schedules', 'putPendingSchedules', 'a schedule that was not written'),
  'sweep: outboxes': sweep('send-outboxes', 'sendOutboxes', 'a mail that could not be sent at once'),
  'sweep: waiting clusters': sweep('launch-waiting-clusters', 'launchWaitingClusters', 'a claim whose request died'),
  'sweep: reservations': sweep('settle-reservations', 'settleReservations', 'a quota that is held for nothing'),
  'sweep: budgets': sweep('settle-budgets', 'settleBudgets', 'dollars that are held for nothing'),
  'claim of an occurrence': edit(
    'functions/run-workflow/claim-run.ts',
    "request.trigger === 'manual' || isOccurrenceClaimed(job, request)",
    "request.trigger === 'manual'",
    'a second delivery of an occurrence',
  ),
  'run token of an observation': edit(
    'functions/upkeep/sync-with-emr.ts',
    'emrId === null ? byToken.get(runToken) : byId.get(emrId)',
    'emrId === null ? undefined : byId.get(emrId)',
    'a launch of unknown outcome that EMR took',
  ),
  'absence in two sweeps': edit(
    'functions/upkeep/sync-with-emr.ts',
    'isRecent || workload.absentSweeps + 1 < ABSENT_SWEEPS',
    'false',
    'a list that lags behind',
  ),
  'grace of orphans': edit(
    'functions/upkeep/find-orphans.ts',
    'createdAt !== null && createdAt < before',
    'true',
    'the end of what was just launched',
  ),
  'states go forward': edit(
    'shared/domain/engine.ts',
    "if (before === 'ended') return false;",
    'return true;',
    'events out of order',
  ),
  'watermark restarts at an edit': edit(
    'shared/domain/former-schedule.ts',
    'const isOpen = unaccountedOccurrences(former, now).length > 0;',
    'const isOpen = false;',
    'an edit that jumps over occurrences',
  ),
  'watermark moves past what is accounted for': edit(
    'functions/upkeep/catch-up-occurrences.ts',
    'let accounted = job.accountedUntil;',
    'let accounted = until;',
    'a watermark that jumps over occurrences',
  ),
  'history before the next claim': edit(
    'functions/run-workflow/get-job.ts',
    'if (job.latestRun !== null && isFinalRun(job.latestRun)) await history.record(job.latestRun);',
    '',
    'an end that a crash kept from the history',
  ),
  'attempt of a mail': edit(
    'shared/domain/mail.ts',
    'if (mail.id !== id || (mail.attempt !== undefined && nextAttemptAt(mail.attempt) > now)) return mail;',
    'if (mail.id !== id) return mail;',
    'two senders of one mail',
  ),
  'mail stays until it is sent': edit(
    'functions/mail/deliver-outbox.ts',
    'if (!isOver) throw error;',
    '',
    'an outage of SES',
  ),
  'quota by reservation': edit(
    'functions/access/quota-reservations.ts',
    'await reservations.change(person.id, (held) => reserved(held, wanted, quotas, clock.now()));',
    'void quotas;',
    'two launches at once',
  ),
  'room in a budget': edit(
    'functions/access/budget-commitments.ts',
    '(more) => roomFor(limits, id, more)',
    '() => ({})',
    'more dollars than a budget has',
  ),
};
