import * as z from 'zod';

import type { NotebookOutcome } from '../../shared/domain/run-outcome.ts';

/** An outcome becomes part of a job's item, which DynamoDB limits to 400 KB. */
const MOST_CHARACTERS = 16_000;

/** The end of a traceback says more than its beginning. */
const shortened = z
  .string()
  .transform((text) => (text.length > MOST_CHARACTERS ? `…${text.slice(-MOST_CHARACTERS)}` : text));

const outcomeFile = z.object({
  status: z.enum(['succeeded', 'failed', 'timedOut', 'notExecuted']),
  failure: z
    .object({
      cell: z.number().nullable(),
      source: shortened,
      errorName: shortened,
      errorValue: shortened,
      traceback: shortened,
    })
    .nullable(),
  reason: shortened.nullable(),
});

/** `outcome.json` of the run-notebook step; null where it is no such file. */
export const parsedOutcome = (content: string): NotebookOutcome | null => {
  try {
    return outcomeFile.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
};
