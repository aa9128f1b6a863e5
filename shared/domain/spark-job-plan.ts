import { restarted } from './former-schedule.ts';
import { InvalidInput, type FieldError } from './errors.ts';
import { plusMinutes, toInstant, wholeSecond, type Instant } from './instant.ts';
import { nextOccurrence } from './occurrences.ts';
import { DEFAULT_QUOTAS } from './quota.ts';
import { fewestMinutesBetween } from './schedule.ts';
import type { DeletedSparkJob } from './job-identifier.ts';
import type { Person } from './person.ts';
import type { Notebook, SparkJob, SparkJobSettings } from './spark-job.ts';

/** A create or update request. */
export type SparkJobRequest = Omit<SparkJobSettings, 'startDate' | 'endDate'> & {
  readonly startDate?: Instant | null | undefined;
  readonly endDate?: Instant | null | undefined;
};

/** A start up to this long ago counts as now, since a form may stay open for a while. */
const START_TOLERANCE_MINUTES = 5;

const endError = (startDate: Instant, endDate: Instant | null): FieldError | null =>
  endDate !== null && endDate <= startDate
    ? { field: 'endDate', message: 'The end must be after the start. Choose a later end, or omit it.' }
    : null;

/** A cron expression may be too frequent, or name past years only, or no time before the end. */
const scheduleError = (job: SparkJob, now: Instant, occurrenceMinutes: number): FieldError | null => {
  const minutes = fewestMinutesBetween(job.schedule, now);
  if (minutes < occurrenceMinutes)
    return {
      field: 'schedule',
      message:
        `Two of its occurrences are ${minutes} minutes apart; at least ${occurrenceMinutes} are the quota of one person. ` +
        'Choose fewer minutes, or ask an administrator of the portal to raise the quota.',
    };
  if (nextOccurrence(job, now) !== null) return null;
  if (job.endDate === null)
    return {
      field: 'schedule',
      message: 'This schedule has no future occurrence. Check its year and day of month.',
    };
  return job.schedule.type === 'cron'
    ? {
        field: 'endDate',
        message: 'The schedule has no occurrence before this end. Choose a later end or another schedule.',
      }
    : null;
};

/** @throws InvalidInput with an error for each invalid field */
const requireNone = (errors: readonly (FieldError | null)[]): void => {
  const found = errors.filter((error) => error !== null);
  if (found.length > 0) throw new InvalidInput(found);
};

const before = (instant: Instant): Instant => toInstant(Date.parse(instant) - 1);

/** An interval counts from its start. If the start has passed, the first run is due at once; Scheduler delivers the later ones. */
export const firstRunIsDue = (job: SparkJob, now: Instant): boolean =>
  job.isEnabled && job.schedule.type === 'interval' && job.startDate <= now;

interface NewJob {
  readonly id: string;
  readonly identifier: string;
  readonly person: Person;
  readonly notebook: Notebook;
  readonly now: Instant;
  /** The owner's quota. */
  readonly occurrenceMinutes?: number;
}

/** @throws InvalidInput for invalid dates or an invalid schedule */
export const plannedJob = (
  request: SparkJobRequest,
  { id, identifier, person, notebook, now, occurrenceMinutes = DEFAULT_QUOTAS.occurrenceMinutes }: NewJob,
): SparkJob => {
  const { startDate: wantedStart, endDate: wantedEnd, ...settings } = request;
  // Deliveries have whole seconds: a start with a fraction would be later than its own occurrence.
  const startDate = wholeSecond(wantedStart ?? now);
  const endDate = wantedEnd ?? null;
  const job: SparkJob = {
    ...settings,
    id,
    identifier,
    ownerId: person.id,
    owner: person.username,
    ownerEmail: person.email,
    notebook,
    startDate,
    endDate,
    scheduleAnchor: startDate,
    latestRun: null,
    runCount: 0,
    lastOccurrence: null,
    accountedUntil: now,
    missed: [],
    schedulePendingSince: now,
    expiredAt: null,
    outbox: [],
    createdAt: now,
    modifiedAt: now,
    version: 1,
  };
  requireNone([
    startDate < plusMinutes(now, -START_TOLERANCE_MINUTES)
      ? { field: 'startDate', message: 'The start is in the past. Omit it to start now, or choose a later one.' }
      : null,
    endError(startDate, endDate),
    scheduleError(job, now, occurrenceMinutes),
  ]);
  return firstRunIsDue(job, now) ? { ...job, accountedUntil: before(startDate) } : job;
};

/**
 * A new job with the identifier of one that the person deleted. It continues the history, so that old results stay
 * reachable. A late delivery for the deleted job starts nothing.
 */
export const resumed = (job: SparkJob, deleted: DeletedSparkJob): SparkJob => {
  const justBefore = before(job.startDate);
  return {
    ...job,
    id: deleted.jobId,
    runCount: deleted.runCount,
    lastOccurrence: deleted.deletedAt < justBefore ? deleted.deletedAt : justBefore,
  };
};

const changesSchedule = (before: SparkJob, after: SparkJob): boolean =>
  before.startDate !== after.startDate ||
  before.endDate !== after.endDate ||
  before.expiredAt !== after.expiredAt ||
  JSON.stringify(before.schedule) !== JSON.stringify(after.schedule);

/**
 * The job with changed settings. A start may only be moved to the future, which resets the schedule. An end moved
 * to the future, or removed, revives an expired job. An omitted start or end stays as it is; null removes the end.
 * @throws InvalidInput
 */
export const revisedJob = (
  job: SparkJob,
  request: SparkJobRequest,
  notebook: Notebook,
  now: Instant,
  occurrenceMinutes = DEFAULT_QUOTAS.occurrenceMinutes,
): SparkJob => {
  const { startDate: wantedStart, endDate: wantedEnd, ...settings } = request;
  const startDate = wantedStart ?? job.startDate;
  const endDate = wantedEnd === undefined ? job.endDate : wantedEnd;
  const isMoved = startDate !== job.startDate;
  const isPast = endDate !== null && endDate <= now;
  const revised: SparkJob = {
    ...job,
    ...settings,
    notebook,
    startDate,
    endDate,
    scheduleAnchor: isMoved ? startDate : job.scheduleAnchor,
    expiredAt: isPast ? job.expiredAt : null,
    modifiedAt: now,
  };
  requireNone([
    isMoved && startDate <= now
      ? {
          field: 'startDate',
          message: 'The start can only be moved to the future. Choose a later one, or leave it unchanged.',
        }
      : null,
    endError(startDate, endDate),
    isPast && endDate !== job.endDate
      ? { field: 'endDate', message: 'The end is in the past. Choose a later one, or disable the job.' }
      : null,
    isPast || !changesSchedule(job, revised) ? null : scheduleError(revised, now, occurrenceMinutes),
  ]);
  return changesSchedule(job, revised) ? { ...restarted(revised, job, now), schedulePendingSince: now } : revised;
};
