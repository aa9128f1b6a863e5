import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { problem, PROBLEM_TYPE } from './problem.ts';

/** Names under which this machine reaches itself. */
const OWN_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

type Refusal = readonly [status: number, why: string];

/**
 * Stands before every listener of a server. A request that cannot be one gets 400, one for a host name that is not this
 * machine's gets 421 (a page elsewhere may have its own name point to this machine), and a listener that throws or
 * rejects gives a 500 and a line in the log. Listeners added later are guarded as well.
 */
export const guardRequests = (server: Server): void => {
  const emit = server.emit.bind(server) as (event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = (event: string | symbol, ...values: unknown[]) => {
    if (event !== 'request') return emit(event, ...values);
    answer(server, values[0] as IncomingMessage, values[1] as ServerResponse);
    return true;
  };
};

/** Adds a listener that may be asynchronous: what it throws or rejects with is the guard's. */
export const answerRequests = (
  server: Server,
  serve: (request: IncomingMessage, response: ServerResponse) => unknown,
): void => {
  server.on('request', serve);
};

const answer = (server: Server, request: IncomingMessage, response: ServerResponse): void => {
  // A client that hangs up is an error of both streams, and an error without a listener ends the process.
  for (const stream of [request, response]) stream.on('error', () => {});
  // SDK clients correct their own clock by this header; without it they would leave the virtual time.
  response.setHeader('Date', new Date().toUTCString());
  const refusal = refusalOf(request);
  if (refusal !== null) return refuse(response, refusal);
  const listeners = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => unknown)[];
  if (listeners.length === 0) return refuse(response, [503, 'The local stack is starting.']);
  const fail = (error: unknown): void => {
    // The client hung up: nobody is left to answer, and it is no bug.
    if (response.destroyed) return;
    const { method, url, socket } = request;
    console.error(`${method} ${url} on port ${socket.localPort}:`, error);
    if (response.headersSent) response.destroy();
    else refuse(response, [500, 'Internal Server Error']);
  };
  for (const listener of listeners) {
    try {
      Promise.resolve(listener.call(server, request, response)).catch(fail);
    } catch (error) {
      fail(error);
    }
  }
};

const refusalOf = ({ url = '', headers }: IncomingMessage): Refusal | null => {
  const host = `http://${headers.host ?? ''}`;
  if (!URL.canParse(host)) return [400, 'The Host header is not a host.'];
  if (!OWN_NAMES.includes(new URL(host).hostname)) {
    return [421, `This server answers to ${OWN_NAMES.join(', ')} only.`];
  }
  // `OPTIONS *` is about the server; every other request names a path. `//name` would be read as a host.
  if (!/^(\*$|\/(?!\/))/.test(url) || !URL.canParse(url, host)) return [400, 'The request target is not a path.'];
  const path = decoded(new URL(url, host).pathname);
  return path === null || path.includes('\0')
    ? [400, 'The path is not valid percent-encoded UTF-8. Encode each part of it with encodeURIComponent.']
    : null;
};

const decoded = (pathname: string): string | null => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
};

const refuse = (response: ServerResponse, [status, why]: Refusal): void => {
  for (const name of response.getHeaderNames()) if (name !== 'date') response.removeHeader(name);
  response.writeHead(status, {
    'Content-Type': PROBLEM_TYPE,
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...(status === 503 && { 'Retry-After': '1' }),
  });
  response.end(JSON.stringify(problem(status, why)));
};
