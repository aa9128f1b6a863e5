import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The gzip of nothing. */
export const EMPTY_GZIP_BYTES = 20;

interface TailLimits {
  readonly bytes: number;
  readonly lines: number;
}

/** Enough for a traceback of Spark, and little enough for an answer. */
const OF_A_TRACEBACK: TailLimits = { bytes: 32 * 1024, lines: 200 };

export interface LogTail {
  readonly text: string;
  readonly isWhole: boolean;
}

/**
 * The last lines of a gzipped log, read as a stream. A truncated log, as of a terminated
 * instance, is read as far as possible.
 */
export const tailOfGzip = async (log: Readable, most: TailLimits = OF_A_TRACEBACK): Promise<LogTail> => {
  let tail = Buffer.alloc(0);
  let isCut = false;
  try {
    for await (const chunk of log.pipe(createGunzip()) as AsyncIterable<Buffer>) {
      const all = Buffer.concat([tail, chunk]);
      isCut ||= all.length > most.bytes;
      tail = all.subarray(-most.bytes);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
  }
  const lines = tail.toString('utf8').trimEnd().split('\n');
  // The first line is incomplete, and so may be its first character.
  const whole = isCut ? lines.slice(1) : lines;
  return { text: whole.slice(-most.lines).join('\n'), isWhole: !isCut && whole.length <= most.lines };
};
