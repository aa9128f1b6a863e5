import { MAX_READING_TIME } from '../../../lib/viewer-bounds.ts';
import type { FileTable, TableAnswer, TableRequest } from './file-table.ts';

/** Reads the first rows of a file in a worker of its own, which is ended when it takes too long. */
export const readTable = (request: TableRequest, signal: AbortSignal): Promise<FileTable> => {
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<FileTable>();
  const patience = setTimeout(
    () => reject(new Error('This table takes too long to read. Download it to look at it.')),
    MAX_READING_TIME,
  );
  worker.addEventListener('message', ({ data }: MessageEvent<TableAnswer>) => {
    if ('refusal' in data) reject(new Error(data.refusal));
    else resolve(data);
  });
  worker.addEventListener('error', () =>
    reject(new Error('The table could not be read. Reload the page, or download it.')),
  );
  signal.addEventListener('abort', () => reject(new Error('The table is not wanted any more.')));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  worker.postMessage(request);
  return promise.finally(() => {
    clearTimeout(patience);
    worker.terminate();
  });
};
