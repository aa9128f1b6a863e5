import { ApiError } from '../../lib/api-error.ts';
import { send } from '../../lib/api.ts';

/** Posts the file directly to S3. XMLHttpRequest, since `fetch` does not report upload progress. */
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
      else failed(`S3 answered ${request.status}. Pick the file again.`);
    });
    request.addEventListener('error', () =>
      failed('S3 could not be reached. Check your network connection and pick the file again.'),
    );
    request.addEventListener('abort', () => failed('The upload was cancelled.'));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });

/**
 * Uploads a notebook with the presigned POST of the API.
 * @returns the upload's id, for the job request
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
  // S3 ignores fields after the file.
  form.append('file', file);
  await postForm(url, form, onProgress, signal);
  return uploadId;
};
