import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type S3rver from '@20minutes/s3rver';

/** Ends the name of a file that is still being written. No object's file has it. */
export const UNFINISHED = '.unfinished';

/**
 * Lets an object have its new content at once and as a whole, as on S3: s3rver writes into the file that others read, so that they get a part of
 * the new content, and an upload that is broken off leaves that part.
 */
export const replaceContents = (store: Pick<S3rver['store'], 'putContent'>): void => {
  store.putContent = async (file, content) => {
    // Not a longer name of the object's: that may be as long as a file's name can be.
    const unfinished = path.join(path.dirname(file), `${randomUUID()}${UNFINISHED}`);
    const md5 = createHash('md5');
    let size = 0;
    const counted = async function* (chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
      for await (const chunk of chunks) {
        md5.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    };
    try {
      await pipeline(Buffer.isBuffer(content) ? [content] : content, counted, createWriteStream(unfinished));
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    return [size, md5.digest('hex')];
  };
};
