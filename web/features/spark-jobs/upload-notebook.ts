import { ApiError } from '../../lib/api-error.ts';
import { send } from '../../lib/api.ts';

/** Sends the file straight to its bucket. Not `fetch`, which cannot tell how far it has come. */
const postForm = (
  url: string,
  form: FormData,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const failed = (detail: string): void =>
      reject(new ApiError(request.status, { title: 'The notebook was not uploaded', detail }));
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / total)));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else failed(`The file store answered ${request.status}. Pick the file again.`);
    });
    request.addEventListener('error', () =>
      failed('The file store cannot be reached. Check your network and pick the file again.'),
    );
    request.addEventListener('abort', () => failed('The upload was cancelled.'));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });

/**
 * Uploads a notebook by the form that the API hands out.
 * @returns the upload's id, for the job to name
 * @throws ApiError
 */
export const uploadNotebook = async (
  file: File,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<string> => {
  const { uploadId, url, fields } = await send(
    'createNotebookUpload',
    { fileName: file.name, size: file.size },
    signal,
  );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // S3 ignores whatever comes after the file.
  form.append('file', file);
  await postForm(url, form, onProgress, signal);
  return uploadId;
};
