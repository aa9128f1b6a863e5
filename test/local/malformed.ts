import { connect } from 'node:net';

import { BODIES, HEADERS, HOSTS, METHODS, PATHS } from './malformed-parts.ts';

/** What came of one request: a status, or how the connection ended. */
export type Outcome = number | 'closed' | 'abandoned' | 'silent';

export interface Malformed {
  readonly text: string;
  /** The client hangs up in the middle of it. */
  readonly isAbandoned: boolean;
}

/** What HTTP and the guard let pass, so that the servers themselves have something to refuse. */
const PLAUSIBLE = {
  paths: PATHS.filter((path) => /^\/(?!\/|%|\.|\[)/.test(path) && !path.includes('%00')),
  methods: ['POST', 'POST', 'GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'],
  headers: HEADERS.filter((header) => /^[\w-]+: [ -~]{1,200}$/.test(header) && !/^(Expect|Upgrade)/.test(header)),
  hosts: ['localhost'],
};
const ANY = { paths: PATHS, methods: METHODS, headers: HEADERS, hosts: HOSTS };

/** Requests that a client should not send, the same ones for the same seed. */
export const malformedRequests = (seed: number): (() => Malformed) => {
  let state = seed;
  // Mulberry32.
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const bodyHeaders = (body: string): string => {
    const kind = random();
    if (kind < 0.7) return `Content-Length: ${body.length}\r\n\r\n${body}`;
    if (kind < 0.8) return `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    if (kind < 0.85) return `Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}`;
    if (kind < 0.9) return `Content-Length: -1\r\n\r\n${body}`;
    if (kind < 0.95) return `Content-Length: ${body.length}\r\nContent-Length: 1\r\n\r\n${body}`;
    return `Content-Length: ${body.length + 100}\r\n\r\n${body}`;
  };
  return () => {
    const isPlausible = random() < 0.7;
    const { paths, methods, headers, hosts } = isPlausible ? PLAUSIBLE : ANY;
    const version = isPlausible || random() < 0.8 ? 'HTTP/1.1' : one(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '', 'x']);
    const lines = Array.from({ length: Math.floor(random() * 4) }, () => `${one(headers)}\r\n`).join('');
    const body = one(BODIES);
    const rest = isPlausible ? `Content-Length: ${body.length}\r\n\r\n${body}` : bodyHeaders(body);
    const text = `${one(methods)} ${one<string>(paths)} ${version}\r\nHost: ${one(hosts)}\r\n${lines}${rest}`;
    if (random() < 0.05) return { text: text.slice(0, Math.floor(random() * text.length)), isAbandoned: true };
    return { text, isAbandoned: false };
  };
};

/** Longer than any of these takes to answer; what is waited for then is the rest of a request that never comes. */
const SILENCE_MS = 1000;

/** Sends the bytes as they are and waits for the status of the answer. */
export const send = (port: number, { text, isAbandoned }: Malformed): Promise<Outcome> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (outcome: Outcome): void => {
      resolve(outcome);
      socket.destroy();
    };
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
      if (status === 100) answer = answer.replace(/^HTTP\/1\.1 100[^\n]*\r\n\r\n/, '');
      else if (status > 100) end(status);
    });
    socket.once('close', () => end('closed'));
    socket.on('error', () => end('closed'));
    socket.setTimeout(SILENCE_MS, () => end('silent'));
    socket.write(Buffer.from(text, 'latin1'), () => {
      if (isAbandoned) end('abandoned');
    });
  });
