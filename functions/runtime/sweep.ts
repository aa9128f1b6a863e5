import { NotFound } from '../../shared/domain/errors.ts';
import { logger } from './logger.ts';

/** Some items of a sweep failed, after all were tried: the invocation fails, so that an alarm sees it. */
export class SweepFailed extends Error {
  override readonly name = 'SweepFailed';
}

interface Sweep<Item> {
  /** What is done to each, for the log. */
  readonly what: string;
  readonly items: readonly Item[];
  /** Names the item in the log. */
  readonly evidence: (item: Item) => Readonly<Record<string, string>>;
  readonly act: (item: Item) => Promise<unknown>;
}

/**
 * Does the same to every item: one that fails is logged and stops no other. Items that are gone since they were read need
 * nothing any more.
 * @throws SweepFailed at the end
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

/** Several tasks as one; each runs whatever becomes of the others. @throws SweepFailed at the end */
export const inTurn =
  (tasks: Readonly<Record<string, Task>>): Task =>
  () =>
    sweep({
      what: 'finish every part of a task',
      items: Object.entries(tasks),
      evidence: ([part]) => ({ part }),
      act: ([, task]) => task(),
    });
