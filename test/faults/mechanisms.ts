/** A mechanism that keeps something safe, and how it is taken out of the code as it is loaded. */
export type Mechanism = {
  /** What it keeps from happening. */
  readonly against: string;
  /** Below the repository's root. */
  readonly file: string;
  /** A call that fails often while it is looked for what breaks: that no other helps is rare otherwise. */
  readonly failing?: string;
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
const sweep = (file: string, name: string, against: string, failing?: string): Mechanism => ({
  against,
  ...(failing === undefined ? {} : { failing }),
  file: `functions/upkeep/${file}.ts`,
  exports: `export const ${name} = () => async () => 0;`,
});

const edit = (file: string, text: string, instead: string, against: string, failing?: string): Mechanism => ({
  against,
  file,
  edit: [text, instead],
  ...(failing === undefined ? {} : { failing }),
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
  'sweep: overdue runs': sweep(
    'end-overdue-runs',
    'endOverdueRuns',
    'a time-out whose execution is gone',
    'jobs.change',
  ),
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
  'late usage invalidates sums': edit(
    'functions/upkeep/late-usage.ts',
    'if (!isClosed(key.day, clock.now())) return',
    'return',
    'usage that is added up late, as after an outage',
    'usage.change',
  ),
  'history by the sweep of usage': edit(
    'functions/upkeep/open-usage.ts',
    '({ id }) => !known.has(id)',
    '({ id, workload }) => !known.has(id) && isBilled(workload)',
    'an end that a crash kept from the history, where no claim follows',
    'history.record',
  ),
  'history before the next claim': edit(
    'functions/run-workflow/provision-run.ts',
    'await recordReplaced(known, (job) => claimedFor(job, claim()));',
    '',
    'an end that a crash kept from the history',
    'history.record',
  ),
  'history before a manual claim': edit(
    'functions/runs/run-spark-job.ts',
    'if (synced.latestRun !== null && isFinalRun(synced.latestRun)) await history.record(synced.latestRun);',
    '',
    'an end that a crash kept from the history',
    'history.record',
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
