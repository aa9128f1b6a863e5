import { MAX_READING_TIME } from './viewer-bounds.ts';

interface Question<Request> {
  readonly request: Request;
  readonly signal: AbortSignal;
  /** What is read, as in "The table". */
  readonly what: string;
}

/**
 * The one answer of a worker, which is ended with it, or when it takes too long.
 * @throws Error in words for people: the worker's own refusal, or that it did not answer
 */
export const askWorker = <Request, Answer extends object>(
  worker: Worker,
  { request, signal, what }: Question<Request>,
): Promise<Answer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const patience = setTimeout(
    () => reject(new Error(`${what} takes too long to read. Download it to look at it.`)),
    MAX_READING_TIME,
  );
  worker.addEventListener('message', ({ data }: MessageEvent<Answer | { readonly refusal: string }>) => {
    if ('refusal' in data) reject(new Error(data.refusal));
    else resolve(data);
  });
  worker.addEventListener('error', () =>
    reject(new Error(`${what} could not be read. Reload the page, or download it.`)),
  );
  signal.addEventListener('abort', () => reject(new Error(`${what} is not wanted any more.`)));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  worker.postMessage(request);
  return promise.finally(() => {
    clearTimeout(patience);
    worker.terminate();
  });
};
