import * as z from 'zod';

import { requestBody } from './fields.ts';

const MOST_IDS = 100;
const COUNT = `Give ids as a list of 1 to ${MOST_IDS}.`;

export const bulkBody = requestBody({
  ids: z
    .array(
      z.string({ error: COUNT }).min(1, { error: 'Leave empty ids out.' }).max(200, { error: 'Shorten this id.' }),
      {
        error: COUNT,
      },
    )
    .min(1, { error: COUNT })
    .max(MOST_IDS, { error: COUNT }),
});

/** One result for each object, in the order of the request; an id that is given twice has one. */
const bulkResults = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      ok: z.boolean(),
      problem: z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() }).nullable(),
    }),
  ),
});

export type BulkResult = z.output<typeof bulkResults>['results'][number];

/** What all bulk routes have alike. */
export const bulk = (summary: string) =>
  ({ access: 'admin', method: 'POST', summary, body: bulkBody, response: bulkResults, status: 200 }) as const;
