import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Enough for a traceback of Spark, and little enough for an answer. */
const MOST_BYTES = 32 * 1024;
const MOST_LINES = 200;

/**
 * The last lines of a gzipped log, which is read whole but never held whole. A log that ends in the middle, as one does
 * when its machine went away, is read as far as it goes.
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
  // The first line is half a line, perhaps half a character.
  return (isCut ? lines.slice(1) : lines).slice(-MOST_LINES).join('\n');
};
