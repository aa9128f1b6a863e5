import * as z from 'zod';
import { orderedCount as count, orderedSeconds as seconds } from '../emulation/control-order.ts';
import type { Faults, Timings } from './life-context.ts';
import { PLANNED_FAILURES } from './records.ts';
import { OPERATION_NAMES } from './routes.ts';

const counts = z.partialRecord(z.enum(OPERATION_NAMES), count);

/**
 * What `POST /local/emr-serverless` may order. Only what is named changes; the rest stays as it is.
 *
 * `…Seconds` hold from the next change of state on. `throttle` and `errorNext` hit the next so many calls (before anything
 * happened); `loseAnswers` lets so many calls that change something be carried out, and closes their connection without an
 * answer. `failNext` is for the next job run or session; null takes it back. `rateLimits` false switches EMR Serverless's limits off.
 */
export const orderSchema = z.strictObject({
  applicationSeconds: seconds.optional(),
  startSeconds: seconds.optional(),
  runSeconds: seconds.optional(),
  cancelSeconds: seconds.optional(),
  throttle: counts.optional(),
  errorNext: counts.optional(),
  loseAnswers: count.optional(),
  failNext: z.enum(PLANNED_FAILURES).nullable().optional(),
  loseEvents: z.boolean().optional(),
  sessionsWithoutSpark: z.boolean().optional(),
  rateLimits: z.boolean().optional(),
});

/** What is in force after an order. */
export interface ServerlessControlState extends Timings, Faults {}

const given = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** Carries out a checked order. */
export const applyOrder = (
  { timings, faults }: { readonly timings: Timings; readonly faults: Faults },
  {
    throttle,
    errorNext,
    loseAnswers,
    failNext,
    loseEvents,
    sessionsWithoutSpark,
    rateLimits,
    ...seconds
  }: z.infer<typeof orderSchema>,
): ServerlessControlState => {
  Object.assign(timings, given(seconds));
  Object.assign(faults.throttle, throttle);
  Object.assign(faults.errorNext, errorNext);
  Object.assign(faults, given({ loseAnswers, failNext, loseEvents, sessionsWithoutSpark, rateLimits }));
  return structuredClone({ ...timings, ...faults });
};
