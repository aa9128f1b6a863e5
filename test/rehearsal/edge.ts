import { readFileSync } from 'node:fs';
import { createServer as createProxy, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, request } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PythonEnvironment } from './python-environment.ts';

interface EdgeOptions {
  readonly tls: PythonEnvironment['tls'];
  readonly emulatorPort: number;
}

export interface ApiOrigin {
  readonly paths: readonly RegExp[];
  readonly apiId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Edge {
  readonly port: number;
  /** From here on these paths of this domain go to the API, with these headers, as the distribution says. */
  route(domain: string, api: ApiOrigin): void;
  stop(): void;
}

/** The address of an API beside CloudFront, which the emulator answers under a name of its own. */
const API_HOST = /^(\w+)\.execute-api\.[\w-]+\.amazonaws\.com$/;

/** Hosts of AWS that the emulator answers for. */
const OF_AWS = /\.(amazonaws|amazoncognito)\.com$/;

/**
 * A proxy for HTTPS that leads the hosts of AWS to the emulator and refuses all others, so that nothing leaves this machine.
 * It also stands in for the one thing that the emulator's CloudFront lacks: an origin that is an API.
 */
export const startEdge = async ({ tls, emulatorPort }: EdgeOptions): Promise<Edge> => {
  const [key, cert, ca] = [readFileSync(tls.key), readFileSync(tls.cert), readFileSync(tls.ca)];
  const routes = new Map<string, ApiOrigin>();

  const emulatorsHost = (apiId: string): string => `${apiId}.execute-api.localhost:${emulatorPort}`;

  /** The request's headers as the origin gets them. */
  const headersFor = ({ headers, url = '/' }: IncomingMessage): IncomingMessage['headers'] => {
    const host = headers.host ?? '';
    const [, apiId] = API_HOST.exec(host) ?? [];
    if (apiId !== undefined) return { ...headers, host: emulatorsHost(apiId) };
    const api = routes.get(host);
    const path = url.split('?')[0] ?? '/';
    if (!api?.paths.some((pattern) => pattern.test(path))) return headers;
    return { ...headers, ...api.headers, host: emulatorsHost(api.apiId) };
  };

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method, url } = incoming;
    const target = { host: '127.0.0.1', port: emulatorPort, servername: 'localhost', ca, method, path: url };
    const forwarded = request({ ...target, headers: headersFor(incoming) }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.once('error', (error) => outgoing.writeHead(502).end(error.message));
    incoming.pipe(forwarded);
  };

  const domains = createTlsServer({ key, cert }, forward);
  const sockets = new Set<Duplex>();
  const proxy = createProxy((_, answer) => answer.writeHead(405).end());
  proxy.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.once('error', () => socket.destroy());
    const host = url.split(':')[0] ?? '';
    if (host.endsWith('.cloudfront.net') || API_HOST.test(host)) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      domains.emit('connection', socket);
    } else if (OF_AWS.test(host)) {
      const tunnel = connect(emulatorPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        tunnel.pipe(socket).pipe(tunnel);
      });
      tunnel.once('error', () => socket.destroy());
    } else {
      socket.end('HTTP/1.1 403 Only AWS\r\n\r\n');
    }
  });
  proxy.listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));

  return {
    port: (proxy.address() as AddressInfo).port,
    route: (domain, api) => void routes.set(domain, api),
    stop() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
};
