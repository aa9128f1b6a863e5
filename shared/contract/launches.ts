import * as z from 'zod';

import { documentBody, documentVersion } from './documents.ts';
import { text, yesOrNo } from './fields.ts';

export const launchesView = z.object({
  isPaused: z.boolean(),
  /** Null while nothing is paused. */
  reason: z.string().nullable(),
  ...documentVersion,
});

/** Without a reason nothing is paused: people are told it. */
export const launchesBody = documentBody({
  isPaused: yesOrNo('isPaused'),
  reason: text('a reason, which everybody is told', 500).nullable().default(null),
}).refine(({ isPaused, reason }) => !isPaused || reason !== null, {
  path: ['reason'],
  error: 'Give a reason, which everybody is told.',
});
