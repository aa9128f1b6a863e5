import { compareNotebooks, type NotebookComparison } from './compare-notebooks.ts';
import { readNotebook } from './read-notebook.ts';

/** The executed notebooks of two runs. */
export interface ComparisonRequest {
  readonly before: Blob;
  readonly after: Blob;
}

/** Compares notebooks where it cannot hold up the page. */
const answerTo = async ({
  before,
  after,
}: ComparisonRequest): Promise<NotebookComparison | { readonly refusal: string }> => {
  try {
    const [old, now] = await Promise.all([before.text(), after.text()]);
    return compareNotebooks(readNotebook(old, 'executed'), readNotebook(now, 'executed'));
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) };
  }
};

addEventListener('message', ({ data }: MessageEvent<ComparisonRequest>) => {
  void answerTo(data).then((answer) => postMessage(answer));
});
