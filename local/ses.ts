import { appendFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

import type ses from 'aws-ses-v2-local';
import { getStoreReadonly, saveEmail, type Email } from 'aws-ses-v2-local/dist/store.js';
import * as z from 'zod';

import type { BusEvent } from './events/event-bus.ts';
import { readLineFile } from './line-file.ts';
import { readBody } from './read-body.ts';
import { sentIn, sesFaults, type SesFaults } from './ses-faults.ts';
import { adopt, type RunningServer } from './server.ts';

// Compiled to CommonJS with a default export: what `import` makes of that depends on who runs it.
const { default: startSesServer } = createRequire(import.meta.url)('aws-ses-v2-local') as typeof ses;

/** A mail as `GET /local/mailbox` shows it. */
export interface MailboxEntry {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: string;
}

export interface RunningSes extends RunningServer {
  /** Every mail ever sent here, newest last. */
  mailbox(): readonly MailboxEntry[];
  /** Makes it refuse or bounce mails to some addresses. */
  readonly control: (order: unknown) => object;
}

/** SES on this machine; its own page at `/` shows the mails. */
export const startSes = async (
  dataDirectory: string,
  publish: (event: BusEvent) => void = () => {},
): Promise<RunningSes> => {
  const faults = sesFaults(publish);
  const file = path.join(dataDirectory, 'mails.ndjson');
  restoreMails(file);
  const server = await startSesServer({ host: '127.0.0.1', port: 0 });
  let written = getStoreReadonly().emails.length;
  const [serveSes] = server.listeners('request') as http.RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    // Before the sender has its answer: what it believes sent survives a crash.
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<typeof end>) => {
      const { emails } = getStoreReadonly();
      // Fewer than before: somebody emptied the mailbox on its page.
      if (emails.length < written) writeFileSync(file, linesOf(emails));
      else if (emails.length > written) appendFileSync(file, linesOf(emails.slice(written)));
      written = emails.length;
      return end(...args);
    }) as typeof response.end;
    if (isSending(request)) void send(faults, request, response, serveSes);
    else if (isServed(request)) serveSes?.(request, response);
    else response.writeHead(404).end();
  });
  return { ...adopt(server), mailbox: () => getStoreReadonly().emails.map(entryOf), control: faults.control };
};

const SEND_PATH = '/v2/email/outbound-emails';

const isSending = ({ method, url = '/' }: http.IncomingMessage): boolean =>
  method === 'POST' && new URL(url, 'http://ses').pathname === SEND_PATH;

/** The request again for the library, whose body was read. */
const replayed = (request: http.IncomingMessage, body: Buffer): http.IncomingMessage => {
  const { method, url, headers, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const again = new http.IncomingMessage(request.socket);
  // Not complete, it would take the connection down with it once it is read.
  const complete = true;
  Object.assign(again, { method, url, headers, httpVersion, httpVersionMajor, httpVersionMinor, complete });
  again.push(body);
  again.push(null);
  return again;
};

const messageIdIn = (body: unknown): string | undefined => {
  const { data } = z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(z.object({ MessageId: z.string() }))
    .safeParse(Buffer.isBuffer(body) ? body.toString('utf8') : body);
  return data?.MessageId;
};

const send = async (
  faults: SesFaults,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  serve: http.RequestListener | undefined,
): Promise<void> => {
  const body = await readBody(request).catch(() => null);
  const sent = body && sentIn(body);
  const refusal = sent && faults.refusalOf(sent);
  if (body === null) response.writeHead(413).end();
  else if (refusal === null || sent === null) {
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<typeof end>) => {
      const messageId = response.statusCode === 200 ? messageIdIn(args[0]) : undefined;
      const ended = end(...args);
      if (sent !== null && messageId !== undefined) faults.taken(sent, messageId);
      return ended;
    }) as typeof response.end;
    serve?.(replayed(request, body), response);
  } else {
    response.writeHead(400, { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'MessageRejected' });
    response.end(JSON.stringify({ message: refusal }));
  }
};

/** What the portal and the mailbox page call. On other paths and parameters the library answers twice, which ends a process. */
const isServed = ({ method, url = '/' }: http.IncomingMessage): boolean => {
  const { pathname, searchParams } = new URL(url, 'http://ses');
  switch (`${method} ${pathname}`) {
    case 'GET /':
    case 'POST /clear-store':
      return true;
    case 'GET /store':
      return /^\d*$/.test(searchParams.getAll('since').join());
    case 'GET /get-emlContent':
      return getStoreReadonly().emails.some(({ messageId }) => messageId === searchParams.getAll('messageId').join());
    default:
      return false;
  }
};

const restoreMails = (file: string): void => {
  // The library's store is one for the process; a stack started again in it begins from its own file.
  getStoreReadonly().emails.length = 0;
  for (const mail of readLineFile(file, (line) => StoredMail.parse(line) as Email)) saveEmail(mail);
};

const StoredMail = z.looseObject({ messageId: z.string(), subject: z.string(), at: z.number() });

const linesOf = (mails: readonly Email[]): string => mails.map((mail) => `${JSON.stringify(mail)}\n`).join('');

const entryOf = ({ destination, subject, body, at }: Email): MailboxEntry => ({
  to: destination.to,
  cc: destination.cc,
  subject,
  text: body.text ?? '',
  html: body.html ?? '',
  sentAt: new Date(at * 1000).toISOString(),
});
