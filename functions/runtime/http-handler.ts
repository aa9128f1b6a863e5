import { createHash, timingSafeEqual } from 'node:crypto';

import middy from '@middy/core';
import * as z from 'zod';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { Route, RouteInput, RouteName, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { ORIGIN_KEY_HEADER } from '../../shared/contract/environment.ts';
import type { CsvTable, RawAnswer } from '../../shared/contract/route.ts';
import { Forbidden, NotFound } from '../../shared/domain/errors.ts';
import { latestOf, type Instant } from '../../shared/domain/instant.ts';
import { isAdmin, type Caller, type Person } from '../../shared/domain/person.ts';
import { inInvocation } from './invocation.ts';
import { logger } from './logger.ts';
import { httpRequestOf, jsonBodyOf, type HttpRequest, type OpenRequest } from './http-request.ts';
import { problemFor } from './problem.ts';
import { sourceIpOf } from './source-ip.ts';
import { validated } from './validate.ts';

/** The use case of one route. Public routes get the request, the others the person who makes it. */
export type UseCase<R extends Route> = R['access'] extends 'anyone'
  ? (input: RouteInput<R>, request: OpenRequest) => Promise<RouteOutput<R>>
  : (input: RouteInput<R>, caller: Caller) => Promise<RouteOutput<R>>;

/** One use case for every route of the table: a missing or unknown one does not compile. */
export type UseCases<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Route ? UseCase<Table[Name]> : never;
};

/**
 * Authenticates the request; returns the cookies of a renewed session.
 * @throws NotSignedIn without a valid session
 */
export type Authenticate = (
  request: HttpRequest,
) => Promise<{ readonly person: Person; readonly cookies: readonly string[] }>;

type AnyUseCase = (input: unknown, caller: Caller | OpenRequest) => Promise<unknown>;

/** Message of the log line at the end of every request. */
const ACCESS = 'Answered';

const isChanging = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** A request that changes something must come from the portal's pages, or from a client that is no browser and sends neither header. */
const requireOwnOrigin = (request: HttpRequest, publicUrl: string): void => {
  if (!isChanging(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isForeign =
    origin !== undefined ? origin !== publicUrl : site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isForeign)
    throw new Forbidden('Cross-site requests are not allowed. Use the portal’s own pages.', { origin, site });
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws Forbidden for a request that bypassed CloudFront */
const requireOriginKey = ({ headers }: HttpRequest, originKey: string): void => {
  if (originKey === '') return;
  // Digests, since timingSafeEqual needs equal lengths.
  if (timingSafeEqual(digest(headers[ORIGIN_KEY_HEADER] ?? ''), digest(originKey))) return;
  throw new Forbidden('Requests that bypass CloudFront are not allowed. Use the portal’s address.');
};

const noQuery = z.object({});

/** Characters; longer than any id or identifier, shorter than what DynamoDB refuses as a key (2,048 bytes). */
const MAX_PATH_PARAMETER = 200;

const pathParametersOf = ({ pathParameters, rawPath }: APIGatewayProxyEventV2): Record<string, string | undefined> => {
  // AWS omits the field if there are none; other implementations send null.
  const parameters = pathParameters ?? {};
  const isTooLong = Object.values(parameters).some((value = '') => value.length > MAX_PATH_PARAMETER);
  if (isTooLong) throw new NotFound('page', `${rawPath.slice(0, MAX_PATH_PARAMETER)}…`);
  return parameters;
};

const inputOf = (route: Route, event: APIGatewayProxyEventV2): unknown => {
  const query = validated(route.query ?? noQuery, event.queryStringParameters ?? {}, 'query') as object;
  const body = route.body === undefined ? {} : (validated(route.body, jsonBodyOf(event, route), 'body') as object);
  return { ...query, ...body, ...pathParametersOf(event) };
};

const etagOf = (body: string): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** An object's own time, that of a document's newest version, that of a deletion, or S3's of a file. */
const dateOf = (object: unknown): Instant | null => {
  if (typeof object !== 'object' || object === null) return null;
  if ('modifiedAt' in object && typeof object.modifiedAt === 'string') return object.modifiedAt;
  if ('changedAt' in object && typeof object.changedAt === 'string') return object.changedAt;
  if ('deletedAt' in object && typeof object.deletedAt === 'string') return object.deletedAt;
  return 'lastModified' in object && typeof object.lastModified === 'string' ? object.lastModified : null;
};

/** When the object last changed; of a list, the newest of its items and of what it is about. */
const modifiedAtOf = (output: unknown): Instant | null => {
  const isList = typeof output === 'object' && output !== null && 'items' in output && Array.isArray(output.items);
  return latestOf([dateOf(output), ...(isList ? (output.items as unknown[]).map(dateOf) : [])]);
};

/** By weak comparison (RFC 9110, 13.1.2): proxies mark an entity tag as weak once they compress. */
const isKnown = (etag: string, ifNoneMatch: string | undefined): boolean =>
  (ifNoneMatch ?? '').split(',').some((known) => ['*', etag, `W/${etag}`].includes(known.trim()));

const jsonAnswer = (status: number, output: unknown, request: HttpRequest): APIGatewayProxyStructuredResultV2 => {
  const body = JSON.stringify(output);
  const etag = etagOf(body);
  const modifiedAt = modifiedAtOf(output);
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'private, no-cache',
    etag,
    ...(modifiedAt === null ? {} : { 'x-atmo-modified-date': modifiedAt }),
  };
  const isUnchanged = !isChanging(request.method) && isKnown(etag, request.headers['if-none-match']);
  return isUnchanged ? { statusCode: 304, headers } : { statusCode: status, headers, body };
};

/** Not even a hash of it is sent apart from it. */
const secretAnswer = (status: number, output: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(output),
});

const acceptsCsv = ({ headers }: HttpRequest): boolean => /\btext\/csv\b/i.test(headers['accept'] ?? '');

type WriteCsv = (rows: CsvTable['rows']) => string;

const csvAnswer = ({ fileName, rows }: CsvTable, write: WriteCsv): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'private, no-cache',
    vary: 'Accept',
  },
  body: write(rows),
});

const rawAnswer = (
  routeStatus: number,
  { status, headers, cookies, body }: RawAnswer,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status ?? routeStatus,
  headers: { 'cache-control': 'no-store', ...headers },
  ...(cookies === undefined ? {} : { cookies: [...cookies] }),
  ...(body === undefined ? {} : { body }),
});

type Exchange = middy.Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

interface HandlerOptions {
  readonly authenticate: Authenticate;
  /** Origin of the portal's pages. */
  readonly publicUrl: string;
  /** The secret that CloudFront adds to every request; empty without CloudFront. */
  readonly originKey: string;
  /** For routes with tables. */
  readonly writeCsv?: WriteCsv;
}

/**
 * The Lambda handler of one feature's routes: validation, sign-in, the same-origin check, problem details and caching
 * headers around its use cases.
 */
export const httpHandler = <const Name extends RouteName>(
  table: Pick<Routes, Name>,
  useCases: UseCases<Pick<Routes, Name>>,
  { authenticate, publicUrl, originKey, writeCsv }: HandlerOptions,
) => {
  const byRouteKey = new Map<string, { route: Route; useCase: AnyUseCase }>(
    (Object.keys(table) as Name[]).map((name) => {
      const route: Route = table[name];
      return [`${route.method} ${route.path}`, { route, useCase: useCases[name] as unknown as AnyUseCase }] as const;
    }),
  );

  const callers = new WeakMap<APIGatewayProxyEventV2, Person>();

  const answer = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = httpRequestOf(event);
    requireOriginKey(request, originKey);
    const known = byRouteKey.get(event.routeKey);
    if (known === undefined) throw new NotFound('page', event.rawPath);
    const { route, useCase } = known;
    requireOwnOrigin(request, publicUrl);
    const session = route.access === 'anyone' ? null : await authenticate(request);
    if (session !== null) callers.set(event, session.person);
    if (route.access === 'admin' && (session === null || !isAdmin(session.person)))
      throw new Forbidden('Only admins may do this.');
    const { requestId } = event.requestContext;
    const sourceIp = sourceIpOf(event, originKey);
    const caller =
      session === null ? { ...request, sourceIp } : { ...session.person, request: { sourceIp, requestId } };
    const output = await inInvocation(requestId, () => useCase(inputOf(route, event), caller));
    const result = answerOf(route, output, request, writeCsv);
    const cookies = [...(result.cookies ?? []), ...(session?.cookies ?? [])];
    return cookies.length === 0 ? result : { ...result, cookies };
  };

  /** Logs the person, whom API Gateway's access log does not know. Both logs have the request id. */
  const logAccess = ({ event, response }: Exchange): void => {
    const { requestId } = event.requestContext;
    const person = callers.get(event)?.id ?? null;
    logger.info(ACCESS, { requestId, routeKey: event.routeKey, status: response?.statusCode, person });
  };

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use({
      after: logAccess,
      onError: (request: Exchange) => {
        request.response = problemFor(request.error, request.event.requestContext.requestId);
        logAccess(request);
      },
    })
    .handler(answer);
};

const answerOf = (
  route: Route,
  output: unknown,
  request: HttpRequest,
  writeCsv?: WriteCsv,
): APIGatewayProxyStructuredResultV2 => {
  if (route.csv !== undefined && writeCsv !== undefined && acceptsCsv(request))
    return csvAnswer(route.csv(output as never), writeCsv);
  if (route.isSecret === true) return secretAnswer(route.status, output);
  if (route.response !== undefined) return jsonAnswer(route.status, output, request);
  if (route.status === 204) return { statusCode: 204, headers: { 'cache-control': 'no-store' } };
  return rawAnswer(route.status, output as RawAnswer);
};
