import { beginningOf } from './bounded-text.ts';
import { plusMinutes, type Instant } from './instant.ts';

/** One execution of a periodic task that has started. */
export interface UpkeepExecution {
  readonly id: string;
  readonly startedAt: Instant;
}

/** How an execution ended: the number of items handled, and the error that it failed with, if any. */
export interface UpkeepResult {
  readonly at: Instant;
  readonly handled: number;
  readonly error: string | null;
}

/** What a periodic task did last, as the upkeep function itself records it. */
export interface UpkeepRecord {
  readonly task: string;
  readonly firstStartedAt: Instant | null;
  readonly lastStartedAt: Instant | null;
  /** Of the execution that ended last; these three are null before the first. */
  readonly lastEndedAt: Instant | null;
  readonly durationMs: number | null;
  readonly handled: number | null;
  /** The most recent error. It stays after later executions have succeeded, with its time. */
  readonly lastError: string | null;
  readonly lastErrorAt: Instant | null;
  /** Started and not ended. Executions of one task may overlap. */
  readonly running: readonly UpkeepExecution[];
  /** Optimistic lock: one higher with each write. */
  readonly version: number;
}

export const neverRan = (task: string): UpkeepRecord => ({
  task,
  firstStartedAt: null,
  lastStartedAt: null,
  lastEndedAt: null,
  durationMs: null,
  handled: null,
  lastError: null,
  lastErrorAt: null,
  running: [],
  version: 1,
});

/** Longer than the five minutes that Lambda lets the upkeep function run. */
const LONGEST_MINUTES = 6;

const MAX_ERROR_BYTES = 500;

const oneLine = (text: string): string => beginningOf(text.replaceAll(/\p{C}+/gu, ' ').trim(), MAX_ERROR_BYTES);

const latest = (known: Instant | null, other: Instant): Instant => (known !== null && known > other ? known : other);

/** Records a start. Executions that can no longer be running were stopped before they could record their end: that is an error. */
export const executionStarted = (record: UpkeepRecord, execution: UpkeepExecution): UpkeepRecord => {
  const { startedAt } = execution;
  const isLost = (known: UpkeepExecution): boolean => plusMinutes(known.startedAt, LONGEST_MINUTES) <= startedAt;
  const lost = record.running.find(isLost);
  const lastError = `The execution that started at ${lost?.startedAt} never ended: it was stopped, or ran out of time or memory.`;
  return {
    ...record,
    firstStartedAt: record.firstStartedAt ?? startedAt,
    // One that ended quickly is recorded only then, perhaps after the start of a later one.
    lastStartedAt: latest(record.lastStartedAt, startedAt),
    ...(lost === undefined ? {} : { lastError, lastErrorAt: startedAt }),
    running: [...record.running.filter((known) => !isLost(known)), execution],
  };
};

/** Records an end, and with it the start where that was not recorded. */
export const executionEnded = (
  known: UpkeepRecord,
  execution: UpkeepExecution,
  { at, handled, error }: UpkeepResult,
): UpkeepRecord => {
  const isExecution = ({ id }: UpkeepExecution): boolean => id === execution.id;
  const record = known.running.some(isExecution) ? known : executionStarted(known, execution);
  return {
    ...record,
    lastEndedAt: at,
    durationMs: Date.parse(at) - Date.parse(execution.startedAt),
    handled,
    ...(error === null ? {} : { lastError: oneLine(error), lastErrorAt: at }),
    running: record.running.filter((other) => !isExecution(other)),
  };
};

/** Delay that is normal: as long as the period again, an hour at most. */
const graceMinutes = (everyMinutes: number): number => Math.min(Math.max(everyMinutes, 2), 60);

/**
 * Whether the task should have ended again by now. One that never ended counts from its first start, and one that never started from
 * the first start of any task.
 * @param clockBeganAt null if no task ever started
 */
export const isOverdue = (
  { lastEndedAt, firstStartedAt }: UpkeepRecord,
  everyMinutes: number,
  { clockBeganAt, now }: { readonly clockBeganAt: Instant | null; readonly now: Instant },
): boolean => {
  const since = lastEndedAt ?? firstStartedAt ?? clockBeganAt;
  return since !== null && plusMinutes(since, everyMinutes + graceMinutes(everyMinutes)) < now;
};
