import * as z from 'zod';

/** Opens a Spark UI without AWS credentials: made at the click, never stored. */
export const sparkUiLink = z.object({
  url: z.string(),
  /** By then it must have been opened. */
  expiresAt: z.string(),
});
