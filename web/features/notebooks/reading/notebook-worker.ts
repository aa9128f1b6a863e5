import type { NotebookStage } from './notebook-model.ts';
import { notebookSlices, type NotebookSlice } from './notebook-slices.ts';
import { readNotebook } from './read-notebook.ts';

/** The file to read first, then one word for each further slice. */
export type NotebookRequest = { readonly file: Blob; readonly stage: NotebookStage } | 'next';

export type NotebookAnswer = NotebookSlice | { readonly refusal: string };

/** Reads a notebook where it cannot hold up the page: whatever it is made to do, the page can end it. */
let slices: Iterator<NotebookSlice, undefined> = [].values();

const answerTo = async (request: NotebookRequest): Promise<NotebookAnswer | undefined> => {
  try {
    if (request !== 'next') slices = notebookSlices(readNotebook(await request.file.text(), request.stage));
    return slices.next().value;
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
};

addEventListener('message', ({ data }: MessageEvent<NotebookRequest>) => {
  void answerTo(data).then((answer) => answer !== undefined && postMessage(answer));
});
