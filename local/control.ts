import type { IncomingMessage, ServerResponse } from 'node:http';

import { openLab } from './cluster-labs.ts';
import { parseDuration } from './duration.ts';
import { InvalidOrder } from './emulation/control-order.ts';
import type { LocalEmr } from './emr/server.ts';
import type { LocalEmrServerless } from './emr-serverless/server.ts';
import type { ServeRequest } from './http/http-api.ts';
import type { People } from './identity/people.ts';
import { native } from './native-timers.ts';
import { problem, PROBLEM_TYPE } from './problem.ts';
import { BodyTooLarge, readBody } from './read-body.ts';
import { Refused } from './refused.ts';
import type { MailboxEntry, RunningSes } from './ses.ts';
import { signIn } from './sign-in.ts';
import type { BackgroundInstallation } from './spark/background-installation.ts';
import type { JupyterLabs } from './spark/jupyter-labs.ts';

interface Controlled {
  readonly portalUrl: string;
  readonly advance: (milliseconds: number) => Promise<void>;
  readonly emr: Pick<LocalEmr, 'control' | 'clusters' | 'sessions' | 'calls'>;
  readonly emrServerless: Pick<LocalEmrServerless, 'control' | 'jobRuns' | 'sessions' | 'calls'>;
  readonly mailbox: () => readonly MailboxEntry[];
  readonly ses: Pick<RunningSes, 'control'>;
  readonly labs: Pick<JupyterLabs, 'open'>;
  readonly spark: BackgroundInstallation['status'];
  readonly people: Pick<People, 'all' | 'byEmail' | 'put'>;
  /** Gets one line for each order. */
  readonly report: (line: string) => void;
}

/** Further than anything in the product looks ahead, and near enough to arrive. */
const LONGEST_ADVANCE_MS = 366 * 24 * 3_600_000;

type Operation = (input: Readonly<Record<string, unknown>>, response: ServerResponse) => unknown;

/** Local control: moves time, injects faults and shows internal state. Local stack only. */
export const localControl = (controlled: Controlled): ServeRequest => {
  const operations = operationsOf(controlled);
  const { report } = controlled;
  return async (request, response) => {
    try {
      requireOwnOrigin(request, controlled.portalUrl);
      const { pathname, searchParams } = new URL(request.url ?? '/', controlled.portalUrl);
      const methods = Object.hasOwn(operations, pathname) ? operations[pathname] : undefined;
      if (methods === undefined) throw new Refused(404, `There is no ${pathname}.`);
      const operation = methods[request.method ?? ''];
      if (operation === undefined) {
        response.setHeader('Allow', Object.keys(methods).join(', '));
        throw new Refused(405, `${pathname} takes ${Object.keys(methods).join(' and ')}.`);
      }
      const input =
        request.method === 'POST'
          ? parseBody((await readBody(request)).toString('utf8'))
          : Object.fromEntries(searchParams);
      if (request.method === 'POST') report(`${pathname} ${JSON.stringify(input)}`);
      answer(response, 200, 'application/json', await operation(input, response));
    } catch (error) {
      const refused = refusalOf(error);
      answer(response, refused.status, PROBLEM_TYPE, {
        ...problem(refused.status, refused.message),
        ...(refused.errors.length > 0 && { errors: refused.errors }),
      });
    }
  };
};

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } as const;

const operationsOf = ({
  portalUrl,
  advance,
  emr,
  emrServerless,
  mailbox,
  ses,
  labs,
  spark,
  people,
}: Controlled): Readonly<Record<string, Readonly<Record<string, Operation>>>> => ({
  '/local/sign-in': {
    POST: async ({ email }, response) => {
      if (typeof email !== 'string' || people.byEmail(email) === undefined) {
        throw Refused.field(
          'email',
          `must be one of ${people
            .all()
            .map((person) => person.email)
            .join(', ')}, and not disabled.`,
        );
      }
      response.setHeader('Set-Cookie', await signIn(portalUrl, email));
      return { email };
    },
  },
  '/local/people': { POST: (order) => people.put(order) },
  '/local/clock': {
    GET: () => ({ now: new Date().toISOString() }),
    POST: async ({ advance: duration }, response) => {
      const milliseconds = typeof duration === 'string' ? parseDuration(duration) : null;
      if (milliseconds === null) {
        throw Refused.field('advance', 'must be an ISO 8601 duration of weeks, days, hours, minutes or seconds: PT7H.');
      }
      if (milliseconds > LONGEST_ADVANCE_MS) throw Refused.field('advance', 'must be at most P366D.');
      await whileKeptAlive(response, () => advance(milliseconds));
      return { now: new Date().toISOString() };
    },
  },
  '/local/emr': { POST: (order) => emr.control(order) },
  '/local/emr/clusters': { GET: () => emr.clusters() },
  '/local/emr/sessions': { GET: () => emr.sessions() },
  '/local/emr/calls': { GET: () => emr.calls() },
  '/local/emr-serverless': { POST: (order) => emrServerless.control(order) },
  '/local/emr-serverless/job-runs': { GET: () => emrServerless.jobRuns() },
  '/local/emr-serverless/sessions': { GET: () => emrServerless.sessions() },
  '/local/emr-serverless/calls': { GET: () => emrServerless.calls() },
  '/local/ses': { POST: (order) => ses.control(order) },
  '/local/mailbox': { GET: () => mailbox() },
  '/local/spark': { GET: () => spark() },
  '/local/jupyter': {
    GET: async ({ cluster }, response) => {
      if (typeof cluster !== 'string') throw Refused.field('cluster', 'must be the id of a cluster: j-….');
      const url = await openLab(emr, labs, cluster);
      response.writeHead(302, { ...HEADERS, Location: url });
      return { url };
    },
  },
});

/** Pages of other sites must neither sign in a person nor read the mailbox. */
const requireOwnOrigin = (request: IncomingMessage, portalUrl: string): void => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isForeign =
    origin === undefined ? site !== undefined && site !== 'same-origin' && site !== 'none' : origin !== portalUrl;
  if (isForeign)
    throw new Refused(403, 'Local control accepts requests only from this machine and from the portal’s own pages.');
};

/** Below 30 s, after which some clients give up on a silent connection. A shorter move answers only when time has arrived. */
const KEEP_ALIVE_MS = 25_000;

/** A month takes minutes: JSON may begin with spaces. */
const whileKeptAlive = async (response: ServerResponse, work: () => Promise<void>): Promise<void> => {
  const timer = native.setInterval(() => {
    if (!response.headersSent) response.writeHead(200, HEADERS);
    response.write(' ');
  }, KEEP_ALIVE_MS);
  try {
    await work();
  } finally {
    native.clearInterval(timer);
  }
};

const parseBody = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Answered below, like any other text that is no object.
  }
  throw Refused.field('body', 'must be a JSON object.');
};

const refusalOf = (error: unknown): Refused => {
  if (error instanceof Refused) return error;
  if (error instanceof InvalidOrder) return new Refused(400, error.message, error.errors);
  if (error instanceof BodyTooLarge) return new Refused(error.status, error.message);
  console.error(error);
  return new Refused(500, error instanceof Error ? error.message : String(error));
};

const answer = (response: ServerResponse, status: number, contentType: string, body: unknown): void => {
  if (!response.headersSent) response.writeHead(status, { ...HEADERS, 'Content-Type': contentType });
  response.end(JSON.stringify(body));
};
