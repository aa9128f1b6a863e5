import type { PeriodicTask } from '../../shared/contract/upkeep.ts';
import { executionEnded, executionStarted, type UpkeepRecord } from '../../shared/domain/upkeep-record.ts';
import type { UpkeepRecords } from '../ports/upkeep-records.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import { handledBefore, type Task } from '../runtime/sweep.ts';

interface RecordExecutionsDependencies {
  readonly records: UpkeepRecords;
  readonly clock: Clock;
  readonly newId: () => string;
}

export type RecordExecutions = (name: PeriodicTask, task: Task) => Promise<number>;

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/**
 * Runs a task between two writes, of its start and of its end, which the page of the upkeep shows. A start without an end is a task
 * that was stopped. What cannot be recorded is logged: the task itself is more important.
 * @throws errors of the task
 */
export const recordExecutions =
  ({ records, clock, newId }: RecordExecutionsDependencies): RecordExecutions =>
  async (name, task) => {
    const execution = { id: newId(), startedAt: clock.now() };
    let written: UpkeepRecord | undefined;
    const record = async (change: (known: UpkeepRecord) => UpkeepRecord): Promise<void> => {
      try {
        written = await records.change(name, change, written);
      } catch (error) {
        logger.warn('The execution of a periodic task could not be recorded', { task: name, error });
      }
    };
    const ended = (handled: number, error: string | null): Promise<void> =>
      record((known) => executionEnded(known, execution, { at: clock.now(), handled, error }));

    await record((known) => executionStarted(known, execution));
    try {
      const handled = await task();
      await ended(handled, null);
      return handled;
    } catch (error) {
      await ended(handledBefore(error), messageOf(error));
      throw error;
    }
  };
