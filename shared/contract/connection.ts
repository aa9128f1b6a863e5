import * as z from 'zod';

/** How a PySpark client connects to a Spark session. The address has a bearer token in it: keep it secret. */
export const connection = z.object({
  /** `sc://…`, with the token. */
  url: z.string(),
  token: z.string(),
  /** When the token ends; then another one is made, for a new SparkSession. */
  expiresAt: z.string(),
  /** The pip command for exactly the session's version of Spark. */
  install: z.string(),
  /** Three lines to paste. */
  python: z.string(),
});

export type Connection = z.output<typeof connection>;
