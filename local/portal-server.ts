import http from 'node:http';

import type { ServeRequest } from './http/http-api.ts';
import { listen, type RunningServer } from './server.ts';

/** The one server that browsers and `curl` know: pages, API and local control. */
export interface PortalServer extends RunningServer {
  /** From now on requests are answered; before they get 503. */
  serve(portal: ServeRequest, control: ServeRequest): void;
}

const CONTROL = /^\/local(\/|$)/;

/** Requests that the clock does not wait for: those that move it. */
export const isControlRequest = (url: string): boolean => CONTROL.test(url);

/**
 * Takes the port, so that it is known at once where it is taken.
 * @param report gets one line for each request that failed in a way nobody foresaw
 * @throws StartupError where the port is taken
 */
export const startPortalServer = async (port: number, report: (line: string) => void): Promise<PortalServer> => {
  let servePortal = starting;
  let serveControl = starting;
  const server = http.createServer((request, response) => {
    const serve = isControlRequest(request.url ?? '/') ? serveControl : servePortal;
    serve(request, response).catch((error: unknown) => {
      report(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('Internal Server Error');
    });
  });
  return {
    ...(await listen(server, port)),
    serve(portal, control) {
      servePortal = portal;
      serveControl = control;
    },
  };
};

const starting: ServeRequest = async (_request, response) => {
  response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '1' });
  response.end('The local stack is starting.');
};
