import { InvalidInput, type FieldError } from './errors.ts';
import { plusMinutes, toInstant, wholeSecond, type Instant } from './instant.ts';
import { nextOccurrence } from './occurrences.ts';
import { MIN_OCCURRENCE_MINUTES } from './quota.ts';
import { fewestMinutesBetween } from './schedule.ts';
import type { DeletedSparkJob } from './job-identifier.ts';
import type { Person } from './person.ts';
import type { Notebook, SparkJob, SparkJobSettings } from './spark-job.ts';

/** What a person asks for: a start or an end left out is the use case's business. */
export type SparkJobRequest = Omit<SparkJobSettings, 'startDate' | 'endDate'> & {
  readonly startDate?: Instant | null | undefined;
  readonly endDate?: Instant | null | undefined;
};

/** A form is open for a while: a start this long ago still counts as now. */
const START_TOLERANCE_MINUTES = 5;

const endError = (startDate: Instant, endDate: Instant | null): FieldError | null =>
  endDate !== null && endDate <= startDate
    ? { field: 'endDate', message: 'The end must be after the start. Choose a later end, or leave it out.' }
    : null;

/** A cron expression may be too frequent, or name past years only, or no time before the end. */
const scheduleError = (job: SparkJob, now: Instant): FieldError | null => {
  const minutes = fewestMinutesBetween(job.schedule, now);
  if (minutes < MIN_OCCURRENCE_MINUTES)
    return {
      field: 'schedule',
      message:
        `Two of its occurrences are ${minutes} minutes apart; at least ${MIN_OCCURRENCE_MINUTES} are the quota of one person. ` +
        'Choose fewer minutes, or ask an administrator of the portal to raise the quota.',
    };
  if (nextOccurrence(job, now) !== null) return null;
  if (job.endDate === null)
    return {
      field: 'schedule',
      message: 'This schedule names no time to come. Check its year and its day of the month.',
    };
  return job.schedule.type === 'cron'
    ? {
        field: 'endDate',
        message: 'The schedule names no time before this end. Choose a later end or another schedule.',
      }
    : null;
};

/** @throws InvalidInput naming every refused field */
const requireNone = (errors: readonly (FieldError | null)[]): void => {
  const found = errors.filter((error) => error !== null);
  if (found.length > 0) throw new InvalidInput(found);
};

const before = (instant: Instant): Instant => toInstant(Date.parse(instant) - 1);

/** An interval counts from its start: when that has come, the first run is due at once and Scheduler goes on after it. */
export const firstRunIsDue = (job: SparkJob, now: Instant): boolean =>
  job.isEnabled && job.schedule.type === 'interval' && job.startDate <= now;

interface NewJob {
  readonly id: string;
  readonly identifier: string;
  readonly person: Person;
  readonly notebook: Notebook;
  readonly now: Instant;
}

/** @throws InvalidInput for dates or a schedule that make no sense */
export const plannedJob = (request: SparkJobRequest, { id, identifier, person, notebook, now }: NewJob): SparkJob => {
  const { startDate: wantedStart, endDate: wantedEnd, ...settings } = request;
  // Deliveries name whole seconds: a start within one would come after its own occurrence.
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
      ? { field: 'startDate', message: 'The start is in the past. Leave it out to start now, or choose a later one.' }
      : null,
    endError(startDate, endDate),
    scheduleError(job, now),
  ]);
  return firstRunIsDue(job, now) ? { ...job, accountedUntil: before(startDate) } : job;
};

/**
 * A new job under the identifier of one that the person deleted. It goes on with its history, so that the old results stay
 * reachable; what EventBridge delivers late for the deleted job starts nothing.
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
 * The job with other settings. A start may only be moved to the future, and moving it resets the schedule; an end moved
 * to the future, or taken away, revives an expired job. A start left out stays, and so does an end; null takes the end away.
 * @throws InvalidInput
 */
export const revisedJob = (job: SparkJob, request: SparkJobRequest, notebook: Notebook, now: Instant): SparkJob => {
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
          message: 'The start can only be moved to the future. Choose a later one, or leave it as it is.',
        }
      : null,
    endError(startDate, endDate),
    isPast && endDate !== job.endDate
      ? { field: 'endDate', message: 'The end is in the past. Choose a later one, or disable the job.' }
      : null,
    isPast || !changesSchedule(job, revised) ? null : scheduleError(revised, now),
  ]);
  return changesSchedule(job, revised)
    ? { ...revised, accountedUntil: now, missed: [], schedulePendingSince: now }
    : revised;
};
