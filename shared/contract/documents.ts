import * as z from 'zod';

import { asAnswered, requestBody } from './fields.ts';

/** What every answer of a document says of its newest version: 0 and null until somebody saved one. */
export const documentVersion = {
  version: z.number(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
};

const VERSION = 'Give version as the answer had it.';
export const versionAsAnswered = z.int({ error: VERSION }).min(0, { error: VERSION });

/**
 * The body of a change takes what the answer had. `version` is the one that the change was made to: the change is refused
 * if it is not the newest. Left out: the change replaces whatever is the newest. Who and when is not the client's to say.
 */
export const documentBody = <Shape extends z.ZodRawShape>(shape: Shape) =>
  requestBody({
    ...shape,
    version: versionAsAnswered.exactOptional(),
    changedAt: asAnswered('changedAt').nullable().exactOptional(),
    changedBy: asAnswered('changedBy').nullable().exactOptional(),
  });
