import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';

import type { SparkPaths } from '../spark/paths.ts';
import { installedSpark } from '../spark/installed-spark.ts';
import { noSpark } from '../spark/no-spark.ts';
import { applicationsIn, eventLogsOf, removeOldEventLogs } from '../spark/event-logs.ts';
import { historyServers } from './history-servers.ts';
import type { PresignSparkUi } from '../emulation/presigned-spark-ui.ts';

export interface SparkUiGateway {
  readonly presign: PresignSparkUi;
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

interface Ticket {
  readonly id: string;
  readonly spark: SparkPaths;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const HOUR_MS = 3_600_000;
const COOKIE = 'spark-ui';
const EXPIRED = 'This address has expired, or is not complete. Open the Spark UI from the portal again.';

const tell = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
};

const cookieOf = ({ headers }: IncomingMessage): string =>
  new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1] ?? '';

/** Where the history server shows what is in its logs: the one application, or the list of several. */
const landingPage = (logs: string): string => {
  const [only, ...others] = applicationsIn(logs);
  return only !== undefined && others.length === 0
    ? `/history/${encodeURIComponent(only)}/jobs/`
    : '/?showIncomplete=true';
};

/** A redirect of the history server's, below the path that browsers know it by. */
const placed = (location: string, context: string): string => {
  const { pathname, search } = new URL(location, 'http://history');
  return pathname.startsWith(`${context}/`) ? `${pathname}${search}` : `${context}${pathname}${search}`;
};

/** Passes a reading request on, without anything that identifies the person. */
const passOn = (
  request: IncomingMessage,
  response: ServerResponse,
  to: { port: number; path: string; context: string },
) =>
  new Promise<void>((resolve, reject) => {
    const headers = { accept: request.headers.accept ?? '*/*', 'x-forwarded-context': to.context };
    const upstream = http.request(
      { host: '127.0.0.1', port: to.port, path: to.path, method: request.method, headers },
      (answer) => {
        const { location, connection: _, 'transfer-encoding': __, ...others } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, {
          ...others,
          ...(location === undefined ? {} : { location: placed(location, to.context) }),
        });
        answer.pipe(response);
        answer.once('end', resolve);
        answer.once('error', reject);
      },
    );
    upstream.once('error', reject);
    upstream.end();
  });

/**
 * The addresses of Spark UIs on this machine. As with AWS's, a token in an address opens one UI for an hour: it becomes a
 * cookie for that UI's path, behind which is Spark's own history server.
 */
export const sparkUiGateway = (localDirectory: string, url: string): SparkUiGateway => {
  const tickets = new Map<string, Ticket>();
  const servers = historyServers(localDirectory);
  removeOldEventLogs(localDirectory);

  const ticketFor = (token: string, id: string): Ticket | null => {
    const ticket = tickets.get(token);
    if (ticket !== undefined && ticket.expiresAt <= Date.now()) tickets.delete(token);
    return ticket !== undefined && ticket.id === id && ticket.expiresAt > Date.now() ? ticket : null;
  };

  return {
    presign({ id, releaseLabel }) {
      const spark = installedSpark(localDirectory, releaseLabel);
      if (spark === null) return { reason: `${noSpark(releaseLabel)}.` };
      for (const [token, { expiresAt }] of tickets) if (expiresAt <= Date.now()) tickets.delete(token);
      const token = randomBytes(24).toString('base64url');
      tickets.set(token, { id, spark, expiresAt: Date.now() + HOUR_MS });
      return { url: `${url}/ui/${id}/?token=${token}` };
    },

    async serve(request, response) {
      const { pathname, searchParams, search } = new URL(request.url ?? '/', url);
      const [, id = '', rest = ''] = /^\/ui\/([\w-]+)(\/.*)$/.exec(pathname) ?? [];
      const given = searchParams.get('token');
      const ticket = ticketFor(given ?? cookieOf(request), id);
      if (ticket === null) return tell(response, 403, EXPIRED);
      if (request.method !== 'GET' && request.method !== 'HEAD') return tell(response, 405, 'A Spark UI is read only.');
      const context = `/ui/${id}`;
      const logs = eventLogsOf(localDirectory, id);
      if (given !== null) {
        response.writeHead(302, {
          Location: `${context}${landingPage(logs)}`,
          'Set-Cookie': `${COOKIE}=${given}; Path=${context}/; Max-Age=${HOUR_MS / 1000}; HttpOnly; SameSite=Lax`,
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        });
        response.end();
        return;
      }
      const port = await servers.portOf(ticket.spark, logs);
      await passOn(request, response, { port, path: `${rest}${search}`, context });
    },

    close: () => servers.close(),
  };
};
