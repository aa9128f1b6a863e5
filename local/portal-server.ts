import http from 'node:http';

import type { ServeRequest } from './http/http-api.ts';
import { answerRequests } from './request-guard.ts';
import { listen, type RunningServer } from './server.ts';

/** The public server: pages, API and local control. */
export interface PortalServer extends RunningServer {
  /** Starts answering requests; before that they get 503. */
  serve(portal: ServeRequest, control: ServeRequest): void;
}

const CONTROL = /^\/local(\/|$)/;

/** Requests that the clock does not wait for: those that move it. */
export const isControlRequest = (url: string): boolean => CONTROL.test(url);

/**
 * Takes the port, so that it is known at once where it is taken.
 * @throws StartupError where the port is taken
 */
export const startPortalServer = async (port: number): Promise<PortalServer> => {
  const server = http.createServer();
  return {
    ...(await listen(server, port)),
    serve(portal, control) {
      answerRequests(server, (request, response) =>
        isControlRequest(request.url ?? '/') ? control(request, response) : portal(request, response),
      );
    },
  };
};
