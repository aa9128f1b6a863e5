import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Enough for a traceback of Spark, and little enough for an answer. */
const MOST_BYTES = 32 * 1024;
const MOST_LINES = 200;

/**
 * The last lines of a gzipped log, read as a stream. A truncated log, as of a terminated
 * instance, is read as far as possible.
 */
export const tailOfGzip = async (log: Readable): Promise<string> => {
  let tail = Buffer.alloc(0);
  let isCut = false;
  try {
    for await (const chunk of log.pipe(createGunzip()) as AsyncIterable<Buffer>) {
      const all = Buffer.concat([tail, chunk]);
      isCut ||= all.length > MOST_BYTES;
      tail = all.subarray(-MOST_BYTES);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
  }
  const lines = tail.toString('utf8').trimEnd().split('\n');
  // The first line is incomplete, and so may be its first character.
  return (isCut ? lines.slice(1) : lines).slice(-MOST_LINES).join('\n');
};
