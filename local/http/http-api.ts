import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { ApiRoute } from '../deployment/web-resources.ts';
import type { Invoke } from '../lambda.ts';
import { BodyTooLarge, readBody } from '../read-body.ts';
import { gatewayEvent, headersTooLarge, MAX_BODY_BYTES } from './gateway-event.ts';
import { routeTable } from './route-table.ts';

/** Milliseconds after which an HTTP API gives its integration up. */
const INTEGRATION_TIMEOUT_MS = 29_000;

export type ServeRequest = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface HttpApi {
  readonly routes: readonly ApiRoute[];
  readonly invoke: Invoke;
  /** Gets one line for each invocation that failed. */
  readonly report: (line: string) => void;
}

/** An HTTP API with Lambda integrations: the deployment's own routes to its own functions. */
export const httpApi = ({ routes, invoke, report }: HttpApi): ServeRequest => {
  const routeOf = routeTable(routes.map(({ routeKey, functionArn }) => ({ routeKey, target: functionArn })));
  return async (request, response) => {
    if (headersTooLarge(request)) return gatewayAnswer(response, 431, 'Request Header Fields Too Large');
    const body = await readBody(request, MAX_BODY_BYTES).catch((error: unknown) => {
      if (error instanceof BodyTooLarge) return null;
      throw error;
    });
    if (body === null) return gatewayAnswer(response, 413, 'Request Entity Too Large');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = routeOf(request.method ?? 'GET', pathname);
    if (route === null) return gatewayAnswer(response, 404, 'Not Found');
    try {
      const answer = await withinTimeout(invoke(route.target, gatewayEvent(request, body, route)));
      if (answer === TIMED_OUT) return gatewayAnswer(response, 503, 'Service Unavailable');
      send(response, structured(answer));
    } catch (error) {
      report(`${request.method} ${pathname} failed: ${error instanceof Error ? error.message : String(error)}`);
      gatewayAnswer(response, 500, 'Internal Server Error');
    }
  };
};

const TIMED_OUT = Symbol('timed out');

const withinTimeout = async (answer: Promise<unknown>): Promise<unknown> => {
  const { promise, resolve } = Promise.withResolvers<typeof TIMED_OUT>();
  const timer = setTimeout(() => resolve(TIMED_OUT), INTEGRATION_TIMEOUT_MS);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** What the service answers by itself, without a function. */
const gatewayAnswer = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Apigw-Requestid': randomUUID() });
  response.end(JSON.stringify({ message }));
};

/** Anything that is no response object is the body of a 200, as payload format 2.0 has it. */
const structured = (answer: unknown): APIGatewayProxyStructuredResultV2 =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer
    ? (answer as APIGatewayProxyStructuredResultV2)
    : { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };

const send = (response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void => {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value));
  if (answer.cookies !== undefined && answer.cookies.length > 0) response.setHeader('Set-Cookie', answer.cookies);
  response.statusCode = answer.statusCode ?? 200;
  response.end(Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8'));
};
