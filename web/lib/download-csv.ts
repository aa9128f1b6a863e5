import type { RouteName, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { errorOf } from './api-error.ts';
import { urlOf } from './api.ts';

/** The name that the answer has for its file. */
const fileNameOf = (response: Response): string =>
  /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'atmo.csv';

/** Has the browser save a table of the API as CSV. @throws ApiError */
export const downloadCsv = async <Name extends RouteName>(
  name: Name,
  request: RouteRequest<Routes[Name]>,
): Promise<void> => {
  const response = await fetch(urlOf(name, request), { credentials: 'same-origin', headers: { accept: 'text/csv' } });
  if (!response.ok) throw await errorOf(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(response);
  link.click();
  URL.revokeObjectURL(url);
};
