import { MAX_READING_TIME } from '../../lib/viewer-bounds.ts';
import type { NotebookStage } from './reading/notebook-model.ts';
import type { NotebookSlice } from './reading/notebook-slices.ts';
import type { NotebookAnswer } from './reading/notebook-worker.ts';

export interface NotebookReader {
  /** Asks for the next slice. */
  readonly next: () => void;
  readonly end: () => void;
}

interface NotebookListener {
  readonly onSlice: (slice: NotebookSlice) => void;
  /** Called once, with a sentence for people; no slice follows. */
  readonly onProblem: (problem: string) => void;
}

const TOO_SLOW = 'The rest of this notebook takes too long to show. Download it to look at it.';
const NO_WORKER = 'The notebook could not be read. Reload the page, or download it to look at it.';

/** Reads a notebook in a worker of its own, which is ended when it takes too long. */
export const notebookReader = (
  file: Blob,
  stage: NotebookStage,
  { onSlice, onProblem }: NotebookListener,
): NotebookReader => {
  const worker = new Worker(new URL('./reading/notebook-worker.ts', import.meta.url), { type: 'module' });
  let patience = 0;
  let isBegun = false;
  const end = (): void => {
    clearTimeout(patience);
    worker.terminate();
  };
  const fail = (problem: string): void => {
    end();
    onProblem(problem);
  };
  worker.addEventListener('error', () => fail(NO_WORKER));
  worker.addEventListener('message', ({ data }: MessageEvent<NotebookAnswer>) => {
    clearTimeout(patience);
    if ('refusal' in data) fail(data.refusal);
    else onSlice(data);
  });
  return {
    next: () => {
      patience = window.setTimeout(() => fail(TOO_SLOW), MAX_READING_TIME);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(isBegun ? 'next' : { file, stage });
      isBegun = true;
    },
    end,
  };
};
