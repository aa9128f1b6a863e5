import { restarted, type FormerSchedule } from './former-schedule.ts';
import { beginningOf } from './bounded-text.ts';
import type { RunEngine } from './engine.ts';
import { Conflict } from './errors.ts';
import { plusHours, type Instant } from './instant.ts';
import type { LaunchTerms } from './launch-settings.ts';
import { MAX_MAIL_TEXT_BYTES, withMail, type OutboxMail } from './mail.ts';
import type { Parameters } from './parameters.ts';
import type { RecentRun } from './recent-runs.ts';
import type { MissedReason } from './run-reasons.ts';
import { isFinalRun, runIdFor, type Run, type RunTrigger } from './run.ts';
import type { Schedule } from './schedule.ts';
import { claimedWorkload } from './workload.ts';

/** Hours: weekly. */
export const DEFAULT_INTERVAL_HOURS = 168;

/** Bytes. */
export const MAX_NOTEBOOK_BYTES = 20 * 1024 * 1024;

export interface Notebook {
  readonly name: string;
  readonly kind: 'jupyter' | 'zeppelin';
  /** S3 key in the notebooks bucket. */
  readonly key: string;
  readonly version: string;
  /** Bytes. */
  readonly size: number;
}

export interface SparkJobSettings {
  readonly description: string;
  readonly parameters: Parameters;
  readonly resultVisibility: 'private' | 'public';
  readonly size: number;
  readonly schedule: Schedule;
  /** Hours. */
  readonly timeout: number;
  readonly startDate: Instant;
  readonly endDate: Instant | null;
  readonly emrRelease: string;
  readonly engine: RunEngine;
  readonly isEnabled: boolean;
}

/** A missed occurrence, recorded in the job's item by the same write as its run number and its mail. */
export interface MissedOccurrence {
  readonly occurrence: Instant;
  readonly reason: MissedReason;
  /** What the reason alone does not say. */
  readonly detail?: string;
  /** Number of the missed run. */
  readonly number: number;
  readonly recordedAt: Instant;
}

/** A notebook with a schedule. Its item holds the latest run, which decides whether another may start. */
export interface SparkJob extends SparkJobSettings {
  /** Internal id. A job that its owner recreates under a deleted identifier keeps it. */
  readonly id: string;
  readonly identifier: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly ownerEmail: string;
  readonly notebook: Notebook;
  /** Interval occurrences count from here: the start date, or the last manual run. */
  readonly scheduleAnchor: Instant;
  readonly latestRun: Run | null;
  /** The last ended runs, newest first; absent before the first end. The history of runs has them all. */
  readonly recentRuns?: readonly RecentRun[];
  readonly runCount: number;
  /** The newest scheduled time with a run or a recorded reason. Makes deliveries idempotent. */
  readonly lastOccurrence: Instant | null;
  /**
   * The watermark: every occurrence up to this time has a run or a recorded reason. Only the sweep moves it, after it has
   * compared schedule and history. A change of the schedule restarts it.
   */
  readonly accountedUntil: Instant;
  /** Schedules before this one whose occurrences the sweep has yet to account for, oldest first; absent before the first. */
  readonly formerSchedules?: readonly FormerSchedule[];
  /** The newest occurrence, where it was missed and no run was planned since; a job disabled by its owner misses none. */
  readonly latestMissed?: Pick<Run, 'id' | 'number' | 'occurrence'> | null;
  /** Missed occurrences after the watermark, from which the history entries are copied. */
  readonly missed: readonly MissedOccurrence[];
  /** Time since which the EventBridge schedule may differ from these settings; null if it was written. */
  readonly schedulePendingSince: Instant | null;
  readonly expiredAt: Instant | null;
  /** The release whose end of support was last mailed, and the owner it was mailed to; absent before the first. */
  readonly supportNotice?: { readonly emrRelease: string; readonly ownerId: string };
  readonly outbox: readonly OutboxMail[];
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

/** What lists of jobs are searched, sorted and narrowed by. */
export interface SearchedSparkJob extends Pick<
  SparkJob,
  | 'id'
  | 'identifier'
  | 'description'
  | 'owner'
  | 'size'
  | 'emrRelease'
  | 'isEnabled'
  | 'expiredAt'
  | 'createdAt'
  | 'modifiedAt'
> {
  readonly latestRun: Pick<Run, 'scheduledAt' | 'outcome'> | null;
  readonly latestMissed?: Pick<Run, 'id'> | null;
}

/** Occurrences start nothing while a job is disabled; an active run goes on. */
export const disabled = (job: SparkJob, now: Instant): SparkJob =>
  job.isEnabled ? { ...job, isEnabled: false, modifiedAt: now } : job;

export const isRunnable = ({ latestRun }: Pick<SearchedSparkJob, 'latestRun'>): boolean =>
  latestRun === null || isFinalRun(latestRun);

export const isPastEnd = ({ endDate }: Pick<SparkJob, 'endDate'>, now: Instant): boolean =>
  endDate !== null && endDate < now;

/** Within its dates: start <= now <= end. */
export const isDue = (job: Pick<SparkJob, 'startDate' | 'endDate'>, now: Instant): boolean =>
  job.startDate <= now && !isPastEnd(job, now);

export interface RunRequest {
  readonly trigger: RunTrigger;
  readonly occurrence: Instant;
  readonly runToken: string;
  /** The workflow execution that claims the run; null if none has started yet. */
  readonly claimedBy: string | null;
  /** The slot of an execution that claims; it launches at once if that time has come. */
  readonly launchDueAt?: Instant;
  /** Parameters of this run only; null for the job's. */
  readonly parameters: Parameters | null;
}

export const plannedRun = (job: SparkJob, request: RunRequest, terms: LaunchTerms, now: Instant): Run => ({
  id: runIdFor(now, request.runToken),
  number: job.runCount + 1,
  jobId: job.id,
  jobIdentifier: job.identifier,
  ownerId: job.ownerId,
  owner: job.owner,
  ownerEmail: job.ownerEmail,
  trigger: request.trigger,
  occurrence: request.occurrence,
  claimedBy: request.claimedBy,
  workload: claimedWorkload({
    engine: job.engine,
    use: 'batch',
    runToken: request.runToken,
    claimedAt: now,
    launchDueAt: request.launchDueAt ?? null,
    launchAttemptedAt: request.claimedBy === null || (request.launchDueAt ?? now) > now ? null : now,
    ...terms,
  }),
  outcome: null,
  reason: null,
  emrRelease: job.emrRelease,
  size: job.size,
  timeout: job.timeout,
  parameters: request.parameters ?? job.parameters,
  notebookKind: job.notebook.kind,
  notebookKey: job.notebook.key,
  notebookVersion: job.notebook.version,
  resultVisibility: job.resultVisibility,
  scheduledAt: now,
  failure: null,
  taskToken: null,
  secretHash: null,
  usageClosedAt: null,
  modifiedAt: now,
  version: job.version + 1,
});

/** Whether the occurrence already has a run or a recorded reason. */
export const isOccurrenceClaimed = (
  job: SparkJob,
  { trigger, occurrence }: Pick<RunRequest, 'trigger' | 'occurrence'>,
): boolean =>
  trigger === 'manual'
    ? job.latestRun?.trigger === 'manual' && job.latestRun.occurrence === occurrence
    : job.lastOccurrence !== null && occurrence <= job.lastOccurrence;

const withRun = (job: SparkJob, run: Run, now: Instant): SparkJob => ({
  ...job,
  latestRun: run,
  runCount: run.number,
  lastOccurrence: run.trigger === 'manual' ? job.lastOccurrence : run.occurrence,
  latestMissed: null,
  modifiedAt: now,
});

/**
 * Claims the occurrence, so that no other execution starts a run for it.
 * @throws Conflict while the latest run is not final
 */
export const claimedForRun = (job: SparkJob, request: RunRequest, terms: LaunchTerms, now: Instant): SparkJob => {
  if (!isRunnable(job))
    throw new Conflict('The latest run has not finished. Terminate it, or wait until it has finished.');
  const claimed = withRun(job, plannedRun(job, request, terms, now), now);
  // A manual run moves the interval: the next one is one interval after this one.
  return request.trigger === 'manual' && job.schedule.type === 'interval' && now >= job.startDate
    ? { ...restarted(claimed, job, now), scheduleAnchor: now, schedulePendingSince: now }
    : claimed;
};

/** Changes the latest run if it has this id; otherwise returns the job unchanged. */
export const withLatestRun = (job: SparkJob, runId: string, change: (run: Run) => Run, now: Instant): SparkJob => {
  if (job.latestRun?.id !== runId) return job;
  const changed = change(job.latestRun);
  return changed === job.latestRun
    ? job
    : { ...job, latestRun: { ...changed, version: job.version + 1, modifiedAt: now }, modifiedAt: now };
};

export const expired = (job: SparkJob, now: Instant): SparkJob =>
  job.expiredAt !== null
    ? job
    : {
        ...job,
        expiredAt: now,
        outbox: withMail(job.outbox, {
          id: `spark-job-expired-${now}`,
          kind: 'spark-job-expired',
          to: job.ownerEmail,
          since: now,
          values: {
            jobIdentifier: job.identifier,
            description: beginningOf(job.description, MAX_MAIL_TEXT_BYTES),
            endDate: job.endDate,
            createdAt: job.createdAt,
            modifiedAt: job.modifiedAt,
            lastRun: job.latestRun && { at: job.latestRun.scheduledAt, outcome: job.latestRun.outcome },
          },
        }),
        modifiedAt: now,
      };

export const timeoutAt = (run: Pick<Run, 'scheduledAt' | 'timeout'>): Instant =>
  plusHours(run.scheduledAt, run.timeout);
