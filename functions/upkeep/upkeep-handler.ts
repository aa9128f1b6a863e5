import type { Context } from 'aws-lambda';

import {
  FINISHED_TASK,
  PERIODIC_TASKS,
  type PeriodicTask,
  type RebuildUsageCommand,
} from '../../shared/contract/upkeep.ts';
import { inInvocation, requireNoFailures } from '../runtime/invocation.ts';
import { logger } from '../runtime/logger.ts';
import { emrEventIn, type EmrEvent } from './emr-event.ts';
import type { Task } from '../runtime/sweep.ts';
import { mailEventIn, type MailEvent } from './mail-event.ts';
import type { RecordExecutions } from './record-executions.ts';

/** The event is neither a known periodic task nor an EMR event. */
export class UnknownUpkeepEvent extends Error {
  override readonly name = 'UnknownUpkeepEvent';
}

interface UpkeepHandlerDependencies {
  readonly tasks: Readonly<Record<PeriodicTask, Task>>;
  readonly recordExecutions: RecordExecutions;
  readonly reconcileEmrEvent: (event: EmrEvent) => Promise<void>;
  readonly recordBounce: (event: MailEvent) => Promise<void>;
  /** @returns the number of items */
  readonly rebuildUsage: (month: string) => Promise<number>;
}

const taskNames = Object.keys(PERIODIC_TASKS) as PeriodicTask[];

const taskIn = (event: unknown): PeriodicTask | undefined =>
  typeof event === 'object' && event !== null && 'task' in event
    ? taskNames.find((name) => name === event.task)
    : undefined;

const isRebuildUsage = (event: unknown): event is RebuildUsageCommand =>
  typeof event === 'object' &&
  event !== null &&
  'command' in event &&
  event.command === 'rebuildUsage' &&
  'month' in event &&
  typeof event.month === 'string' &&
  /^\d{4}-(0[1-9]|1[0-2])$/.test(event.month);

/**
 * Runs a periodic task, handles an event of EMR or SES, or does what an operator asks for. An error fails the invocation, so that it is retried and raises the alarm.
 * @throws UnknownUpkeepEvent, and errors of the task
 */
export const upkeepHandler = ({
  tasks,
  recordExecutions,
  reconcileEmrEvent,
  recordBounce,
  rebuildUsage,
}: UpkeepHandlerDependencies) => {
  const handle = async (event: unknown): Promise<unknown> => {
    const task = taskIn(event);
    if (task !== undefined) {
      const handled = await recordExecutions(task, async () => {
        const count = await tasks[task]();
        requireNoFailures();
        return count;
      });
      logger.info(FINISHED_TASK, { task, handled });
      return undefined;
    }
    if (isRebuildUsage(event)) return { month: event.month, items: await rebuildUsage(event.month) };
    const mailEvent = mailEventIn(event);
    if (mailEvent !== undefined) return mailEvent === null ? undefined : recordBounce(mailEvent);
    const emrEvent = emrEventIn(event);
    if (emrEvent === null) throw new UnknownUpkeepEvent(`Unknown event: ${JSON.stringify(event)}`);
    await reconcileEmrEvent(emrEvent);
    requireNoFailures();
    return undefined;
  };
  return (event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<unknown> =>
    inInvocation(awsRequestId, () => handle(event));
};
