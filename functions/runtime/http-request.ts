import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import type { Route } from '../../shared/contract/route.ts';
import { parseExactJson } from '../../shared/domain/exact-json.ts';
import { InvalidInput, TooLarge } from '../../shared/domain/errors.ts';
import { UnsupportedContentType } from './problem.ts';

/** The parts of an HTTP request that sign-in needs. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

/** A request of somebody who need not be signed in. */
export interface OpenRequest extends HttpRequest {
  readonly sourceIp: string;
}

/** Maximum bytes of a JSON body; notebooks are uploaded to S3. */
const MAX_BODY_BYTES = 256 * 1024;

/** HTTP API passes cookies as a list; other implementations leave them in the header. */
const readCookies = ({ cookies, headers }: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(
    (cookies ?? headers['cookie']?.split(';') ?? []).flatMap((cookie) => {
      const separator = cookie.indexOf('=');
      return separator < 1 ? [] : [[cookie.slice(0, separator).trim(), cookie.slice(separator + 1).trim()]];
    }),
  );

export const httpRequestOf = (event: APIGatewayProxyEventV2): HttpRequest => ({
  method: event.requestContext.http.method,
  headers: event.headers,
  cookies: readCookies(event),
});

/** The body; its field `parameters`, which goes to a notebook, keeps the digits of its numbers. */
const parsedBody = (text: string): unknown => {
  const body = JSON.parse(text) as unknown;
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'parameters')) return body;
  const { parameters } = parseExactJson(text) as { readonly parameters: unknown };
  return { ...body, parameters };
};

type BodyRules = Pick<Route, 'maxBodyBytes' | 'contentTypes'>;

/**
 * The JSON body; undefined if there is none.
 * @throws TooLarge, UnsupportedContentType, InvalidInput (field `body`)
 */
export const jsonBodyOf = (
  event: APIGatewayProxyEventV2,
  { maxBodyBytes = MAX_BODY_BYTES, contentTypes = ['application/json'] }: BodyRules = {},
): unknown => {
  if (event.body === undefined || event.body === '') return undefined;
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBodyBytes) throw new TooLarge(`The body is larger than ${maxBodyBytes / 1024} kB. Send less.`);
  const type = event.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (!contentTypes.includes(type ?? ''))
    throw new UnsupportedContentType(`Send the body as ${contentTypes.join(' or ')}.`);
  try {
    return parsedBody(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw InvalidInput.field('body', 'The body is not valid JSON in UTF-8. Check quotes, commas and braces.');
  }
};
