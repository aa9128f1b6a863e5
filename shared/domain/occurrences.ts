import { toInstant, type Instant } from './instant.ts';
import { withMailAbout } from './run-mails.ts';
import { runChanged } from './run-outcome.ts';
import { MISSED_REASONS, type MissedReason } from './run-reasons.ts';
import { compactInstant, isFinalRun, type Run } from './run.ts';
import { nextOccurrences } from './schedule.ts';
import { plannedRun, type RunRequest, type SparkJob } from './spark-job.ts';
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

/** The same for every attempt to record the occurrence, so that it is recorded once. */
export const missedRunId = (occurrence: Instant): string => `${compactInstant(occurrence)}-missed`;

/** The record of an occurrence without a run, for the history. */
export const missedRun = (job: SparkJob, wanted: Occurrence, why: MissedReason, now: Instant): Run => {
  const planned = plannedRun(job, { ...wanted, runToken: 'missed', claimedBy: null, parameters: null }, 0, now);
  const reason = MISSED_REASONS[why];
  return {
    ...runChanged(planned, endedUnlaunched(planned.workload, now, { ending: 'stopped', reason }), null),
    id: missedRunId(wanted.occurrence),
    scheduledAt: wanted.occurrence,
  };
};

/**
 * The job after an occurrence was recorded as missed. The latest run stays: it decides whether another may start.
 * @param run from `missedRun`
 */
export const withMissedRun = (job: SparkJob, run: Run, now: Instant): SparkJob => {
  const { lastOccurrence } = job;
  const counted: SparkJob = {
    ...job,
    runCount: job.runCount + 1,
    lastOccurrence: lastOccurrence === null || lastOccurrence < run.occurrence ? run.occurrence : lastOccurrence,
    modifiedAt: now,
  };
  return withMailAbout(counted, run, now);
};

/** More than a sweep ever finds unless the portal was down for long; the next sweep goes on. */
const MAX_UNACCOUNTED = 50;

/** Scheduler delivers whole seconds, perhaps whole minutes, where a start date has milliseconds: the same occurrence. */
const DELIVERY_PRECISION_MS = 59_000;

const wholeSecond = (instant: Instant): Instant => toInstant(Math.floor(Date.parse(instant) / 1000) * 1000);

/** Occurrences up to the moment that have neither a run nor a recorded reason, oldest first, as Scheduler would name them. */
export const unaccountedOccurrences = (job: SparkJob, until: Instant): readonly Instant[] => {
  const { lastOccurrence, accountableFrom } = job;
  const accounted = lastOccurrence === null ? null : toInstant(Date.parse(lastOccurrence) + DELIVERY_PRECISION_MS);
  const from = accounted !== null && accounted > accountableFrom ? accounted : accountableFrom;
  return nextOccurrences(job.schedule, windowOf(job), from, MAX_UNACCOUNTED)
    .times.filter((time) => time <= until)
    .map(wholeSecond);
};
