import * as z from 'zod';
import { orderedCount as count, orderedSeconds as seconds } from '../emulation/control-order.ts';
import { PLANNED_FAILURES } from './cluster-record.ts';
import { OPERATION_NAMES } from './operation-names.ts';

const counts = z.partialRecord(z.enum(OPERATION_NAMES), count);

/**
 * What `POST /local/emr` may order. Only what is named changes; the rest stays as it is.
 *
 * `…Seconds` hold from each cluster's next change of state on. `throttle` and `errorNext` hit the next so many calls
 * (before anything happened); `errorAfterLaunch` lets RunJobFlow launch, or StartSession start, and then answers with an error. `failNext` is
 * for the next launched cluster; null takes it back. `spotShortage` false lets go on who waits for capacity. `forget`
 * makes clusters (all of now, or one) vanish from answers and events; false brings all back. `rateLimits` false
 * switches EMR's own limits off.
 */
export const orderSchema = z.strictObject({
  startSeconds: seconds.optional(),
  bootstrapSeconds: seconds.optional(),
  terminateSeconds: seconds.optional(),
  stepSeconds: seconds.optional(),
  throttle: counts.optional(),
  errorNext: counts.optional(),
  errorAfterLaunch: count.optional(),
  failNext: z.enum(PLANNED_FAILURES).nullable().optional(),
  loseEvents: z.boolean().optional(),
  spotShortage: z.boolean().optional(),
  forget: z.union([z.boolean(), z.string().regex(/^j-[A-Z0-9]+$/)], 'true, false or the id of a cluster').optional(),
  rateLimits: z.boolean().optional(),
  /** Sessions live without Spark behind them where it is not installed, instead of failing. */
  sessionsWithoutSpark: z.boolean().optional(),
});

export type EmrControlOrder = z.infer<typeof orderSchema>;
