import type { APIRequestContext } from 'playwright-core';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';

/** What a change answers. @throws Error where it is refused */
export const posted = async <Output>(request: APIRequestContext, url: string, data: object): Promise<Output> => {
  const response = await request.post(url, { data });
  if (!response.ok()) throw new Error(`${url} answered ${response.status()}: ${await response.text()}`);
  return (await response.json()) as Output;
};

/** The id of an uploaded notebook. */
export const uploaded = async (
  request: APIRequestContext,
  portal: string,
  fileName: string,
  notebook: string,
): Promise<string> => {
  const buffer = Buffer.from(notebook);
  const upload = await posted<RouteOutput<Routes['createNotebookUpload']>>(request, `${portal}/api/notebook-uploads`, {
    fileName,
    size: buffer.length,
  });
  const file = { name: fileName, mimeType: 'application/json', buffer };
  const response = await request.post(upload.url, { multipart: { ...upload.fields, file } });
  if (!response.ok()) throw new Error(`The upload answered ${response.status()}.`);
  return upload.uploadId;
};
