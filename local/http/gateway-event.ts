import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { ACCOUNT } from '../account.ts';
import type { MatchedRoute } from './route-table.ts';

const TEXT = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|[\w.-]+\+(json|xml)))/i;

/** Bytes; the service counts all header lines together. */
const MAX_HEADER_BYTES = 10_240;
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Header names and values as one line each, like the service's limit counts them. */
export const headersTooLarge = (request: IncomingMessage): boolean =>
  request.rawHeaders.reduce((total, text) => total + Buffer.byteLength(text) + 2, 0) > MAX_HEADER_BYTES;

/** The request as API Gateway hands it to a Lambda: payload format 2.0. */
export const gatewayEvent = (
  request: IncomingMessage,
  body: Buffer,
  { routeKey, pathParameters }: MatchedRoute<unknown>,
): APIGatewayProxyEventV2 => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { cookie, ...others } = request.headers;
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
  const isText = body.length === 0 || TEXT.test(headers['content-type'] ?? '');
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(url.search.length > 1 && { queryStringParameters: joinedParameters(url.searchParams) }),
    requestContext: {
      accountId: ACCOUNT.id,
      apiId: 'local',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64url'),
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
};

/** A parameter given several times arrives once, its values joined by commas. */
const joinedParameters = (parameters: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
const commonLogTime = (time: Date): string =>
  `${time.toISOString().slice(8, 10)}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:` +
  `${time.toISOString().slice(11, 19)} +0000`;
