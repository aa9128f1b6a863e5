import { NotFound } from '../../shared/domain/errors.ts';
import { logger } from './logger.ts';

/** Some items of a sweep failed after all were tried. Fails the invocation, so that the alarm is raised. */
export class SweepFailed extends Error {
  override readonly name = 'SweepFailed';
  /** Items that did not fail. */
  readonly handled: number;

  constructor(message: string, handled: number) {
    super(message);
    this.handled = handled;
  }
}

/** The number of items that were handled before or beside an error. */
export const handledBefore = (error: unknown): number => (error instanceof SweepFailed ? error.handled : 0);

interface Sweep<Item> {
  /** The action, for the log. */
  readonly what: string;
  readonly items: readonly Item[];
  /** Names the item in the log. */
  readonly evidence: (item: Item) => Readonly<Record<string, string>>;
  readonly act: (item: Item) => Promise<unknown>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Tally {
  readonly handled: number;
  readonly failed: readonly unknown[];
}

/** @param countOf the number of items that a success of `act` stands for */
const actOnEach = async <Item, Result>(
  { what, items, evidence }: Omit<Sweep<Item>, 'act'>,
  act: (item: Item) => Promise<Result>,
  countOf: (result: Result) => number,
): Promise<Tally> => {
  let handled = 0;
  const failed: unknown[] = [];
  for (const item of items) {
    try {
      handled += countOf(await act(item));
    } catch (error) {
      if (error instanceof NotFound) continue;
      handled += handledBefore(error);
      failed.push(error);
      logger.error(`Could not ${what}`, { ...evidence(item), error });
    }
  }
  return { handled, failed };
};

/**
 * Applies an action to every item. A failure is logged and does not stop the others. Items deleted since they were read
 * are skipped.
 * @returns the number of items handled
 * @throws SweepFailed at the end if any failed
 */
export const sweep = async <Item>({ act, ...over }: Sweep<Item>): Promise<number> => {
  const { handled, failed } = await actOnEach(over, act, () => 1);
  if (failed.length === 0) return handled;
  throw new SweepFailed(
    `Could not ${over.what}: ${failed.length} of ${over.items.length} failed, the first with: ${messageOf(failed[0])}`,
    handled,
  );
};

/** Work by the clock. @returns the number of items handled */
export type Task = () => Promise<number>;

/** Runs several tasks as one; a failure does not stop the others. @throws SweepFailed at the end, with the messages of all */
export const inTurn =
  (tasks: Readonly<Record<string, Task>>): Task =>
  async () => {
    const parts = {
      what: 'finish every part of a task',
      items: Object.entries(tasks),
      evidence: ([part]: [string, Task]) => ({ part }),
    };
    const { handled, failed } = await actOnEach(
      parts,
      ([, task]) => task(),
      (count) => count,
    );
    if (failed.length === 0) return handled;
    throw new SweepFailed(failed.map(messageOf).join(' '), handled);
  };
