import { z } from 'zod';

import { PERIODIC_TASKS, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import { emrEvent, type EmrEvent } from './emr-event.ts';
import type { Task } from './sweep.ts';

/** Neither a periodic task nor one of EMR's events: the deployment sends something that this release does not know. */
export class UnknownUpkeepEvent extends Error {
  override readonly name = 'UnknownUpkeepEvent';
}

const taskNames = Object.keys(PERIODIC_TASKS) as PeriodicTask[];
const periodicEvent = z.object({ task: z.enum(taskNames) });
const upkeepEvent = z.union([periodicEvent, emrEvent]);

interface UpkeepHandlerDependencies {
  readonly tasks: Readonly<Record<PeriodicTask, Task>>;
  readonly followEmrEvent: (event: EmrEvent) => Promise<void>;
}

/**
 * Does what Scheduler or EventBridge asks for. A failure fails the invocation, so that it is repeated and seen.
 * @throws UnknownUpkeepEvent, and whatever the task throws
 */
export const upkeepHandler =
  ({ tasks, followEmrEvent }: UpkeepHandlerDependencies) =>
  async (event: unknown): Promise<void> => {
    const { data, error } = upkeepEvent.safeParse(event);
    if (data === undefined) throw new UnknownUpkeepEvent(`This event is not known here: ${z.prettifyError(error)}`);
    await ('task' in data ? tasks[data.task]() : followEmrEvent(data));
  };
