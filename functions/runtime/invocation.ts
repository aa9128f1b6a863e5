import { AsyncLocalStorage } from 'node:async_hooks';

interface Invocation {
  readonly id: string;
  /** What failed without holding the work up; the invocation fails for it once all is done. */
  readonly failures: unknown[];
}

const invocations = new AsyncLocalStorage<Invocation>();

const current = (): Invocation => {
  const invocation = invocations.getStore();
  if (invocation === undefined) throw new Error('Call this within inInvocation.');
  return invocation;
};

/**
 * Does the work of one invocation, whose id reaches whatever it calls: the local stack runs many at once.
 * @param id of the HTTP request, the execution or the Lambda invocation
 */
export const inInvocation = <Answer>(id: string, work: () => Promise<Answer>): Promise<Answer> =>
  invocations.run({ id, failures: [] }, work);

export const invocationId = (): string => current().id;

/** Has the invocation fail once its work is done, so that the alarm is raised. */
export const failLater = (error: unknown): void => {
  current().failures.push(error);
};

/** @throws AggregateError of what failed meanwhile */
export const requireNoFailures = (): void => {
  const { failures } = current();
  if (failures.length > 0)
    throw new AggregateError(failures, 'Some of the work was done without all that belongs to it.');
};
