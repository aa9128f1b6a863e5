import { notebookText } from '../notebooks/notebooks.ts';
import type { Call } from './caller.ts';

const NOTEBOOK = 'greeting.ipynb';

/** @returns the id of the upload, as a new job names it */
export const uploadNotebook = async (person: Call, file = notebookText(NOTEBOOK)): Promise<unknown> => {
  const { body } = await person('/api/notebook-uploads', { fileName: NOTEBOOK, size: Buffer.byteLength(file) });
  const form = new FormData();
  for (const [name, value] of Object.entries(body['fields'] as Record<string, string>)) form.append(name, value);
  form.append('file', new Blob([file]), NOTEBOOK);
  await fetch(body['url'] as string, { method: 'POST', body: form });
  return body['uploadId'];
};
