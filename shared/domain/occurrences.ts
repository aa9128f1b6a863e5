import { NOTHING_BILLED } from './cost.ts';
import { plusMinutes, toInstant, wholeSecond, type Instant } from './instant.ts';
import { withMailAbout } from './run-mails.ts';
import { runChanged } from './run-outcome.ts';
import { MISSED_REASONS, type MissedReason } from './run-reasons.ts';
import { compactInstant, isFinalRun, type Run } from './run.ts';
import { nextOccurrences } from './schedule.ts';
import { plannedRun, type MissedOccurrence, type RunRequest, type SparkJob } from './spark-job.ts';
import { endedUnlaunched } from './workload.ts';

/** What an execution of the workflow stands for. */
type Occurrence = Pick<RunRequest, 'trigger' | 'occurrence'>;

const windowOf = ({ scheduleAnchor, startDate, endDate }: SparkJob) => ({ anchor: scheduleAnchor, startDate, endDate });

/** The next time that the schedule has to deliver, disabled or not; null where there is none to come. */
export const nextOccurrence = (job: SparkJob, now: Instant): Instant | null =>
  job.expiredAt === null ? (nextOccurrences(job.schedule, windowOf(job), now, 1).times[0] ?? null) : null;

const isManual = ({ trigger }: Pick<Occurrence, 'trigger'>): boolean => trigger === 'manual';

/** Whether the run is the one of this occurrence: a schedule's first run and its others are told apart by time alone. */
export const isRunOf = (run: Pick<Run, 'trigger' | 'occurrence'>, wanted: Occurrence): boolean =>
  isManual(run) === isManual(wanted) && run.occurrence === wanted.occurrence;

/** The latest run, where it is the occurrence's own and still going. */
export const ownRun = ({ latestRun }: Pick<SparkJob, 'latestRun'>, wanted: Occurrence): Run | null =>
  latestRun !== null && isRunOf(latestRun, wanted) && !isFinalRun(latestRun) ? latestRun : null;

/** Scheduler names an occurrence by whole seconds, perhaps whole minutes, where a start date has more: the same occurrence. */
const DELIVERY_PRECISION_MS = 59_000;

/**
 * Scheduled times that no run and no recorded reason stands for yet; none while disabled or expired. They move when an
 * occurrence was handled, so that the first may be past for a moment.
 */
export const nextRuns = (job: SparkJob, count: number): readonly Instant[] => {
  const { isEnabled, expiredAt, accountedUntil, lastOccurrence } = job;
  if (!isEnabled || expiredAt !== null) return [];
  const handled = lastOccurrence === null ? '' : toInstant(Date.parse(lastOccurrence) + DELIVERY_PRECISION_MS);
  const from = handled > accountedUntil ? handled : accountedUntil;
  return nextOccurrences(job.schedule, windowOf(job), from, count).times;
};

/** Whether a run, or a recorded reason, in the history is that of a scheduled time. */
export const standsForOccurrence = (run: Pick<Run, 'trigger' | 'occurrence'>, occurrence: Instant): boolean =>
  !isManual(run) && Math.abs(Date.parse(run.occurrence) - Date.parse(occurrence)) <= DELIVERY_PRECISION_MS;

/** The same for every copy of the record, so that the history holds it once. */
export const missedRunId = (occurrence: Instant): string => `${compactInstant(occurrence)}-missed`;

/** The history entry of a missed occurrence. */
export const missedRun = (job: SparkJob, { occurrence, reason: why, number, recordedAt }: MissedOccurrence): Run => {
  const request = { trigger: 'schedule', occurrence, runToken: 'missed', claimedBy: null, parameters: null } as const;
  const planned = plannedRun(job, request, NOTHING_BILLED, recordedAt);
  const reason = MISSED_REASONS[why];
  return {
    ...runChanged(planned, endedUnlaunched(planned.workload, recordedAt, { ending: 'stopped', reason }), null),
    id: missedRunId(occurrence),
    number,
    scheduledAt: occurrence,
    version: job.version,
  };
};

export const missedOf = ({ missed }: Pick<SparkJob, 'missed'>, occurrence: Instant): MissedOccurrence | null =>
  missed.find((known) => known.occurrence === occurrence) ?? null;

/** Whether the item itself says what became of a scheduled time; the history may know more. */
const isAccounted = (job: SparkJob, occurrence: Instant): boolean =>
  occurrence <= job.accountedUntil ||
  missedOf(job, occurrence) !== null ||
  (job.latestRun !== null && standsForOccurrence(job.latestRun, occurrence));

/**
 * Records that an occurrence has no run: that it was missed, its count and its mail are one write. A newer occurrence may
 * have been claimed meanwhile; the latest run stays, since it decides whether another may start.
 */
export const withMissed = (job: SparkJob, occurrence: Instant, reason: MissedReason, now: Instant): SparkJob => {
  if (isAccounted(job, occurrence)) return job;
  const { lastOccurrence } = job;
  const missed = { occurrence, reason, number: job.runCount + 1, recordedAt: now };
  const counted: SparkJob = {
    ...job,
    missed: [...job.missed, missed],
    runCount: missed.number,
    lastOccurrence: lastOccurrence === null || lastOccurrence < occurrence ? occurrence : lastOccurrence,
    modifiedAt: now,
  };
  return withMailAbout(counted, missedRun(counted, missed), now);
};

/** More than a sweep ever finds unless the portal was down for long; the next sweep goes on. */
const MAX_UNACCOUNTED = 50;

/** Occurrences after the watermark, up to the moment, oldest first, as Scheduler would name them. */
export const unaccountedOccurrences = (job: SparkJob, until: Instant): readonly Instant[] =>
  nextOccurrences(job.schedule, windowOf(job), job.accountedUntil, MAX_UNACCOUNTED)
    .times.filter((time) => time <= until)
    .map(wholeSecond)
    .filter((time) => time > job.accountedUntil);

/** The job after the sweep has found a run or a reason for everything up to the moment. It never goes back. */
export const accountedUpTo = (job: SparkJob, until: Instant): SparkJob =>
  until <= job.accountedUntil
    ? job
    : { ...job, accountedUntil: until, missed: job.missed.filter(({ occurrence }) => occurrence > until) };

/**
 * Minutes after which an occurrence must have its run: longer than Scheduler's precision and its first retries, and than a
 * waiting execution's 10 minutes together.
 */
export const DELIVERY_GRACE_MINUTES = 20;

/** When the upkeep next has to look at a job: a schedule to be written, its end, an occurrence to account for. */
export const upkeepDueAt = (job: SparkJob): Instant | null => {
  const { schedulePendingSince, endDate, expiredAt, accountedUntil } = job;
  const [next] = nextOccurrences(job.schedule, windowOf(job), accountedUntil, 1).times;
  const due = [
    schedulePendingSince,
    expiredAt === null ? endDate : null,
    next === undefined ? null : plusMinutes(next, DELIVERY_GRACE_MINUTES),
  ].filter((time) => time !== null);
  return due.toSorted()[0] ?? null;
};
