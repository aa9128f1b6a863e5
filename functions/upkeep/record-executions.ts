import type { PeriodicTask } from '../../shared/contract/upkeep.ts';
import { executionEnded, executionStarted, type UpkeepRecord } from '../../shared/domain/upkeep-record.ts';
import type { UpkeepRecords } from '../ports/upkeep-records.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { Timer } from '../runtime/timer.ts';
import { handledBefore, type Task } from '../runtime/sweep.ts';

interface RecordExecutionsDependencies {
  readonly records: UpkeepRecords;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly newId: () => string;
}

export type RecordExecutions = (name: PeriodicTask, task: Task) => Promise<number>;

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Most executions are over before: these cost one write, of their end. */
const RECORDED_AFTER_MS = 5000;

/**
 * Runs a task and records its end, and before that its start where the task takes longer: the page of the upkeep shows both. A start
 * without an end is a task that was stopped. What cannot be recorded is logged: the task itself is more important.
 * @throws errors of the task
 */
export const recordExecutions = ({ records, clock, timer, newId }: RecordExecutionsDependencies): RecordExecutions => {
  /** As this process last wrote them, which saves a read where no other wrote since. */
  const written = new Map<PeriodicTask, UpkeepRecord>();

  return async (name, task) => {
    const execution = { id: newId(), startedAt: clock.now() };
    const record = async (change: (known: UpkeepRecord) => UpkeepRecord): Promise<void> => {
      try {
        written.set(name, await records.change(name, change, written.get(name)));
      } catch (error) {
        logger.warn('The execution of a periodic task could not be recorded', { task: name, error });
      }
    };
    let recorded: Promise<void> = Promise.resolve();
    const stopTimer = timer(RECORDED_AFTER_MS, () => {
      recorded = record((known) => executionStarted(known, execution));
    });
    const ended = async (handled: number, error: string | null): Promise<void> => {
      stopTimer();
      await recorded;
      await record((known) => executionEnded(known, execution, { at: clock.now(), handled, error }));
    };

    try {
      const handled = await task();
      await ended(handled, null);
      return handled;
    } catch (error) {
      await ended(handledBefore(error), messageOf(error));
      throw error;
    }
  };
};
