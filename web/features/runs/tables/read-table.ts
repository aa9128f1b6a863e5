import { askWorker } from '../../../lib/ask-worker.ts';
import type { FileTable, TableRequest } from './file-table.ts';

/** Reads the first rows of a file in a worker of its own. */
export const readTable = (request: TableRequest, signal: AbortSignal): Promise<FileTable> =>
  askWorker(new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' }), {
    request,
    signal,
    what: 'The table',
  });
