import type { IncomingMessage } from 'node:http';

/** A request that is larger than the service takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly status = 413;

  constructor(limit: number) {
    super(`The request body is larger than ${limit} bytes.`);
  }
}

/** Enough for every call of a service but those that carry files. */
const USUAL_LIMIT = 1024 * 1024;

/**
 * Reads to the end even what is too large, since closing early would lose the answer.
 * @param limit bytes
 * @throws BodyTooLarge
 */
export const readBody = async (request: IncomingMessage, limit = USUAL_LIMIT): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) throw new BodyTooLarge(limit);
  return Buffer.concat(chunks);
};
