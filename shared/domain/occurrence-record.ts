import type { StatusReason } from './engine.ts';
import { secondsBetween, wholeSecond, type Instant } from './instant.ts';
import { windowOf } from './former-schedule.ts';
import { missedRun, standsForOccurrence } from './occurrences.ts';
import { reasonOf, type Run, type RunOutcome } from './run.ts';
import { nextOccurrences } from './schedule.ts';
import type { SparkJob } from './spark-job.ts';

/** What became of one scheduled time. */
export interface OccurrenceRecord {
  readonly occurrence: Instant;
  /** Null while its run goes on, and while it has none. */
  readonly outcome: RunOutcome | null;
  readonly reason: StatusReason | null;
  /** The run, or the history entry of a missed one; null while there is neither. */
  readonly runId: string | null;
  readonly number: number | null;
  readonly startedAt: Instant | null;
  /** Whole seconds since EMR started the run, once it has ended. */
  readonly durationSeconds: number | null;
}

/** It waits for the previous run, or the sweep will start it late or record it as missed. */
const NOT_RECORDED: StatusReason = {
  code: 'NOT_RECORDED',
  message: 'It has no run yet. It may be waiting for the previous run; otherwise it is recorded as missed soon.',
};

const recordOf = (run: Run): OccurrenceRecord => {
  const { startedAt, finishedAt } = run.workload;
  return {
    occurrence: run.occurrence,
    outcome: run.outcome,
    reason: reasonOf(run),
    runId: run.id,
    number: run.number,
    startedAt,
    durationSeconds: startedAt === null || finishedAt === null ? null : secondsBetween(startedAt, finishedAt),
  };
};

/** More than may follow the watermark: the sweep handles 50 at once. */
const MOST_UNRECORDED = 60;

/** Scheduled times that a later one overtook and that nothing stands for yet. Times after the newest handled one are still to come. */
const overtaken = (job: SparkJob, known: readonly Run[]): readonly OccurrenceRecord[] => {
  const { accountedUntil, lastOccurrence } = job;
  if (lastOccurrence === null) return [];
  return nextOccurrences(job.schedule, windowOf(job), accountedUntil, MOST_UNRECORDED)
    .times.filter((time) => time <= lastOccurrence && known.every((run) => !standsForOccurrence(run, time)))
    .map((time) => ({
      occurrence: wholeSecond(time),
      outcome: null,
      reason: NOT_RECORDED,
      runId: null,
      number: null,
      startedAt: null,
      durationSeconds: null,
    }));
};

/**
 * A job's handled occurrences, newest first. The job's item is ahead of the history: it has the latest run, and missed
 * occurrences that were not copied yet. Manual runs stand for no occurrence.
 * @param history entries of the newest runs, in any order
 */
export const occurrenceRecords = (
  job: SparkJob,
  history: readonly Run[],
  limit: number,
): readonly OccurrenceRecord[] => {
  const inItem = [...(job.latestRun === null ? [] : [job.latestRun]), ...job.missed.map((one) => missedRun(job, one))];
  const runs = [...new Map([...history, ...inItem].map((run) => [run.id, run])).values()];
  const scheduled = runs.filter(({ trigger }) => trigger !== 'manual');
  return [...scheduled.map(recordOf), ...overtaken(job, scheduled)]
    .toSorted((a, b) => (a.occurrence < b.occurrence ? 1 : -1))
    .slice(0, limit);
};
