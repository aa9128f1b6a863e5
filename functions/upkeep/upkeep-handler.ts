import { FINISHED_TASK, PERIODIC_TASKS, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import { logger } from '../runtime/logger.ts';
import { emrEventIn, type EmrEvent } from './emr-event.ts';
import type { Task } from '../runtime/sweep.ts';
import type { RecordExecutions } from './record-executions.ts';

/** The event is neither a known periodic task nor an EMR event. */
export class UnknownUpkeepEvent extends Error {
  override readonly name = 'UnknownUpkeepEvent';
}

interface UpkeepHandlerDependencies {
  readonly tasks: Readonly<Record<PeriodicTask, Task>>;
  readonly recordExecutions: RecordExecutions;
  readonly reconcileEmrEvent: (event: EmrEvent) => Promise<void>;
}

const taskNames = Object.keys(PERIODIC_TASKS) as PeriodicTask[];

const taskIn = (event: unknown): PeriodicTask | undefined =>
  typeof event === 'object' && event !== null && 'task' in event
    ? taskNames.find((name) => name === event.task)
    : undefined;

/**
 * Runs a periodic task or handles an EMR event. An error fails the invocation, so that it is retried and raises the alarm.
 * @throws UnknownUpkeepEvent, and errors of the task
 */
export const upkeepHandler =
  ({ tasks, recordExecutions, reconcileEmrEvent }: UpkeepHandlerDependencies) =>
  async (event: unknown): Promise<void> => {
    const task = taskIn(event);
    if (task !== undefined) {
      const handled = await recordExecutions(task, tasks[task]);
      logger.info(FINISHED_TASK, { task, handled });
      return;
    }
    const emrEvent = emrEventIn(event);
    if (emrEvent === null) throw new UnknownUpkeepEvent(`Unknown event: ${JSON.stringify(event)}`);
    await reconcileEmrEvent(emrEvent);
  };
