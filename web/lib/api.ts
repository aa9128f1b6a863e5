import type { RouteName, RouteOutput, RouteRequest, Routes } from '../../shared/contract/api.ts';
import { parseExactJson } from '../../shared/domain/exact-json.ts';
import { errorOf, unreachable } from './api-error.ts';
import { routePaths } from './route-paths.ts';
import { learnServerTime } from './server-clock.ts';

/** The last answer to each GET, which `304 Not Modified` confirms. */
const known = new Map<string, { readonly etag: string; readonly body: unknown }>();
const MAX_KNOWN = 100;

const remember = (url: string, etag: string | null, body: unknown): void => {
  if (etag === null) return;
  known.delete(url);
  known.set(url, { etag, body });
  const oldest = known.keys().next().value;
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
};

/** Fills the path parameters; the rest is for the query or the body. */
const placed = (path: string, request: unknown): { path: string; rest: [string, unknown][] } => {
  const names = new Set(Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name));
  const values = new Map<string, unknown>(
    typeof request === 'object' && request !== null ? Object.entries(request) : [],
  );
  return {
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name)))),
    rest: [...values].filter(([name, value]) => !names.has(name) && value !== undefined),
  };
};

/** The path and query of a route, for links to answers that are not JSON. */
export const urlOf = <Name extends RouteName>(name: Name, request: RouteRequest<Routes[Name]>): string => {
  const { path, rest } = placed(routePaths[name].path, request);
  const query = new URLSearchParams(rest.map(([key, value]) => [key, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
};

const answered = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    throw init.signal?.aborted === true ? error : unreachable(init.method === undefined);
  });
  learnServerTime(response.headers.get('date'));
  if (!response.ok && response.status !== 304) throw await errorOf(response);
  return response;
};

/** Parses without losing digits, which job parameters need. */
const jsonOf = async (response: Response): Promise<unknown> => parseExactJson(await response.text());

const read = async (url: string, signal: AbortSignal | null): Promise<unknown> => {
  const last = known.get(url);
  const headers = { accept: 'application/json', ...(last === undefined ? {} : { 'if-none-match': last.etag }) };
  const response = await answered(url, { headers, signal });
  if (response.status === 304) return last?.body;
  const body = await jsonOf(response);
  remember(url, response.headers.get('etag'), body);
  return body;
};

const change = async (
  method: string,
  path: string,
  fields: [string, unknown][],
  signal: AbortSignal | null,
): Promise<unknown> => {
  const content =
    fields.length === 0
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(Object.fromEntries(fields)) };
  const response = await answered(path, { method, signal, ...content });
  return response.status === 204 ? undefined : jsonOf(response);
};

/**
 * Calls a route of the contract, typed by it. Path parameters, query and body are one object, as in the contract.
 * @throws ApiError
 */
export const send = async <Name extends RouteName>(
  name: Name,
  request: RouteRequest<Routes[Name]>,
  signal: AbortSignal | null = null,
): Promise<RouteOutput<Routes[Name]>> => {
  const { method, path: template } = routePaths[name];
  const { path, rest } = placed(template, request);
  const answer = await (method === 'GET'
    ? read(urlOf(name, request), signal)
    : method === 'DELETE'
      ? change(method, urlOf(name, request), [], signal)
      : change(method, path, rest, signal));
  // The answer is not validated again: client and server are built from the same contract.
  return answer as RouteOutput<Routes[Name]>;
};

/**
 * Fetches a file from the portal or through a presigned S3 URL. What the browser keeps of it is asked about each time: a
 * notebook that is written anew has the same URL for some minutes.
 */
export const fetchFile = (url: string, signal: AbortSignal | null = null): Promise<Response> =>
  answered(url, { signal, cache: 'no-cache' });
