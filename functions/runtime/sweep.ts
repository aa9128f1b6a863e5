import { NotFound } from '../../shared/domain/errors.ts';
import { logger } from './logger.ts';

/** Some items of a sweep failed after all were tried. Fails the invocation, so that the alarm is raised. */
export class SweepFailed extends Error {
  override readonly name = 'SweepFailed';
}

interface Sweep<Item> {
  /** The action, for the log. */
  readonly what: string;
  readonly items: readonly Item[];
  /** Names the item in the log. */
  readonly evidence: (item: Item) => Readonly<Record<string, string>>;
  readonly act: (item: Item) => Promise<unknown>;
}

/**
 * Applies an action to every item. A failure is logged and does not stop the others. Items deleted since they were read
 * are skipped.
 * @throws SweepFailed at the end if any failed
 */
export const sweep = async <Item>({ what, items, evidence, act }: Sweep<Item>): Promise<void> => {
  let failed = 0;
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      if (error instanceof NotFound) continue;
      failed += 1;
      logger.error(`Could not ${what}`, { ...evidence(item), error });
    }
  }
  if (failed > 0) throw new SweepFailed(`Could not ${what}: ${failed} of ${items.length} failed.`);
};

export type Task = () => Promise<unknown>;

/** Runs several tasks as one; a failure does not stop the others. @throws SweepFailed at the end */
export const inTurn =
  (tasks: Readonly<Record<string, Task>>): Task =>
  () =>
    sweep({
      what: 'finish every part of a task',
      items: Object.entries(tasks),
      evidence: ([part]) => ({ part }),
      act: ([, task]) => task(),
    });
