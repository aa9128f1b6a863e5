import * as z from 'zod';
import { PLANNED_FAILURES } from './cluster-record.ts';
import { OPERATION_NAMES } from './operation-names.ts';

const seconds = z.number().min(0).max(86_400);
const count = z.int().min(0).max(10_000);
const counts = z.partialRecord(z.enum(OPERATION_NAMES), count);

/**
 * What `POST /local/emr` may order. Only what is named changes; the rest stays as it is.
 *
 * `…Seconds` hold from each cluster's next change of state on. `throttle` and `errorNext` hit the next so many calls
 * (before anything happened); `errorAfterLaunch` lets RunJobFlow launch and then answers with an error. `failNext` is
 * for the next launched cluster; null takes it back. `spotShortage` false lets go on who waits for capacity. `forget`
 * makes clusters (all of now, or one) vanish from answers and events; false brings all back. `rateLimits` false
 * switches EMR's own limits off.
 */
const orderSchema = z.strictObject({
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
});

export type EmrControlOrder = z.infer<typeof orderSchema>;

/** An order that names what does not exist or gives a value that cannot be. */
export class InvalidEmrOrder extends Error {
  override readonly name = 'InvalidEmrOrder';
  readonly errors: readonly { readonly field: string; readonly message: string }[];

  constructor(errors: InvalidEmrOrder['errors']) {
    super(`Invalid order for the local EMR: ${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`);
    this.errors = errors;
  }
}

/** Checks an order. @throws InvalidEmrOrder naming each refused field */
export const parseOrder = (input: unknown): EmrControlOrder => {
  const parsed = orderSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidEmrOrder(
    parsed.error.issues.flatMap((issue) => {
      const path = issue.path.map(String);
      if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || 'body', message: issue.message }];
      return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'Unknown field' }));
    }),
  );
};
