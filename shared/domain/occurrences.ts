import { NEVER_LAUNCHED } from './launch-settings.ts';
import { isOfFormer, windowOf, type FormerSchedule } from './former-schedule.ts';
import { plusMinutes, toInstant, type Instant } from './instant.ts';
import { hasRoomForMore } from './mail.ts';
import { withEndedRun } from './recent-runs.ts';
import { withMailAbout } from './run-mails.ts';
import { runChanged } from './run-outcome.ts';
import { MISSED_REASONS, type MissedReason } from './run-reasons.ts';
import { compactInstant, isFinalRun, type Run } from './run.ts';
import { nextOccurrences } from './schedule.ts';
import { plannedRun, type MissedOccurrence, type RunRequest, type SparkJob } from './spark-job.ts';
import { endedUnlaunched } from './workload.ts';

/** The occurrence that a workflow execution is for. */
type Occurrence = Pick<RunRequest, 'trigger' | 'occurrence'>;

/** The schedule's next time, enabled or not; null if there is none. */
export const nextOccurrence = (job: SparkJob, now: Instant): Instant | null =>
  job.expiredAt === null ? (nextOccurrences(job.schedule, windowOf(job), now, 1).times[0] ?? null) : null;

const isManual = ({ trigger }: Pick<Occurrence, 'trigger'>): boolean => trigger === 'manual';

/** Whether the run is of this occurrence. First runs and scheduled runs differ by time only. */
export const isRunOf = (run: Pick<Run, 'trigger' | 'occurrence'>, wanted: Occurrence): boolean =>
  isManual(run) === isManual(wanted) && run.occurrence === wanted.occurrence;

/** The latest run, if it is of this occurrence and active. */
export const ownRun = ({ latestRun }: Pick<SparkJob, 'latestRun'>, wanted: Occurrence): Run | null =>
  latestRun !== null && isRunOf(latestRun, wanted) && !isFinalRun(latestRun) ? latestRun : null;

/** Scheduler rounds occurrences to seconds or minutes; a start date may be more precise. */
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

/** Whether a history entry is of this scheduled time. */
export const standsForOccurrence = (run: Pick<Run, 'trigger' | 'occurrence'>, occurrence: Instant): boolean =>
  !isManual(run) && Math.abs(Date.parse(run.occurrence) - Date.parse(occurrence)) <= DELIVERY_PRECISION_MS;

/** Derived from the occurrence, so that the history holds the record once. */
export const missedRunId = (occurrence: Instant): string => `${compactInstant(occurrence)}-missed`;

/** The history entry of a missed occurrence. */
export const missedRun = (
  job: SparkJob,
  { occurrence, reason: why, detail, number, recordedAt }: MissedOccurrence,
): Run => {
  const request = { trigger: 'schedule', occurrence, runToken: 'missed', claimedBy: null, parameters: null } as const;
  const planned = plannedRun(job, request, NEVER_LAUNCHED, recordedAt);
  const { code, message } = MISSED_REASONS[why];
  const reason = detail === undefined ? { code, message } : { code, message: `${message} ${detail}` };
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

/** Whether a schedule before this one may have left the occurrence open. */
const isLeftOpen = ({ formerSchedules = [] }: SparkJob, occurrence: Instant): boolean =>
  formerSchedules.some((former) => isOfFormer(former, occurrence));

/** Whether the item has the result of a scheduled time; the history may have more. */
export const isAccounted = (job: SparkJob, occurrence: Instant): boolean =>
  (occurrence <= job.accountedUntil && !isLeftOpen(job, occurrence)) ||
  missedOf(job, occurrence) !== null ||
  (job.latestRun !== null && standsForOccurrence(job.latestRun, occurrence));

/**
 * Records that an occurrence was missed, with its run number and its mail, for one write. A newer occurrence may
 * have been claimed meanwhile; the latest run stays, since it decides whether another may start.
 */
export const withMissed = (
  job: SparkJob,
  occurrence: Instant,
  reason: MissedReason,
  now: Instant,
  detail?: string,
): SparkJob => {
  if (isAccounted(job, occurrence)) return job;
  const { lastOccurrence } = job;
  const why = detail === undefined ? { reason } : { reason, detail };
  const missed = { occurrence, ...why, number: job.runCount + 1, recordedAt: now };
  const counted: SparkJob = {
    ...job,
    missed: [...job.missed, missed],
    runCount: missed.number,
    lastOccurrence: lastOccurrence === null || lastOccurrence < occurrence ? occurrence : lastOccurrence,
    modifiedAt: now,
  };
  const run = missedRun(counted, missed);
  // A manual run may be newer, which does not move the last occurrence.
  const isNewest =
    counted.lastOccurrence === occurrence && (job.latestRun === null || job.latestRun.occurrence < occurrence);
  const latestMissed =
    isNewest && reason !== 'disabled' ? { id: run.id, number: run.number, occurrence } : (job.latestMissed ?? null);
  const recorded = withMailAbout(withEndedRun({ ...counted, latestMissed }, run), run, now);
  return recorded.outbox === job.outbox || hasRoomForMore(job.outbox) ? recorded : job;
};

/**
 * Moves the watermark to a time up to which every occurrence has a run or a reason. It never goes back.
 * @param settled former schedules of whose occurrences the same is true
 */
export const accountedUpTo = (job: SparkJob, until: Instant, settled: readonly FormerSchedule[] = []): SparkJob => {
  if (until <= job.accountedUntil && settled.length === 0) return job;
  const moved = {
    ...job,
    accountedUntil: until > job.accountedUntil ? until : job.accountedUntil,
    formerSchedules: (job.formerSchedules ?? []).filter((open) =>
      settled.every((former) => former.until !== open.until),
    ),
  };
  return {
    ...moved,
    missed: job.missed.filter(({ occurrence }) => occurrence > moved.accountedUntil || isLeftOpen(moved, occurrence)),
  };
};

/**
 * Minutes after which an occurrence must have a run: longer than Scheduler's precision and first retries plus a
 * waiting execution's 10 minutes.
 */
export const DELIVERY_GRACE_MINUTES = 20;

/** When the upkeep must process a job next: for a pending schedule, its end, or the next occurrence. */
export const upkeepDueAt = (job: SparkJob): Instant | null => {
  const { schedulePendingSince, endDate, expiredAt, accountedUntil, formerSchedules = [] } = job;
  const [former] = formerSchedules;
  const [next] = nextOccurrences(job.schedule, windowOf(job), accountedUntil, 1).times;
  const due = [
    schedulePendingSince,
    expiredAt === null ? endDate : null,
    next === undefined ? null : plusMinutes(next, DELIVERY_GRACE_MINUTES),
    former === undefined ? null : plusMinutes(former.until, DELIVERY_GRACE_MINUTES),
  ].filter((time) => time !== null);
  return due.toSorted()[0] ?? null;
};
