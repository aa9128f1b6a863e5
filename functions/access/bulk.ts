import type { BulkResult } from '../../shared/contract/bulk.ts';
import { AwsThrottled } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { Clock } from '../runtime/clock.ts';
import { problemOf } from '../runtime/problem.ts';

/** Acts at once; a hundred objects are done within seconds, and EMR's rate limits are not used up by one request. */
const AT_ONCE = 5;

/** The HTTP API answers within 30 seconds, and the function ends after 29. */
const MOST_MS = 20_000;

/**
 * Does the same to each object and tells how each went: a failure stops no other. Objects that are not reached in time are
 * told as such, and nothing was done to them.
 */
export const eachOf = async (
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
  { caller, clock }: { readonly caller: Caller; readonly clock: Clock },
): Promise<BulkResult[]> => {
  const distinct = [...new Set(ids)];
  const results = new Map<string, BulkResult>();
  const end = Date.parse(clock.now()) + MOST_MS;
  const waiting = [...distinct];

  const one = async (id: string): Promise<void> => {
    try {
      if (Date.parse(clock.now()) >= end)
        throw new AwsThrottled('The request took too long before this one. Nothing was done; repeat it.');
      await act(id);
      results.set(id, { id, ok: true, problem: null });
    } catch (error) {
      const { type, title, status, detail } = problemOf(error, caller.request.requestId);
      results.set(id, { id, ok: false, problem: { type, title, status, detail } });
    }
  };

  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await one(id);
  };

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return distinct.flatMap((id) => results.get(id) ?? []);
};
