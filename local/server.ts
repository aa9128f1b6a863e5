import type http from 'node:http';
import type { AddressInfo } from 'node:net';

import * as z from 'zod';

import { guardRequests } from './request-guard.ts';
import { openStateFile } from './state-file.ts';
import { StartupError } from './startup-error.ts';

/** A server of the local stack that answers. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Loopback only, since the local stack signs in anyone. */
const HOST = '127.0.0.1';

/**
 * Lets a server listen on this machine only, behind the guard that every local server has.
 * @param port 0 for any free one
 * @throws StartupError where the port is taken
 */
export const listen = async (server: http.Server, port: number): Promise<RunningServer> => {
  guardRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    throw isTaken(error) ? new PortTaken(port) : error;
  });
  return running(server);
};

/** Guards a server that listens already, on this machine only. */
export const adopt = (server: http.Server): RunningServer => {
  guardRequests(server);
  return running(server);
};

const running = (server: http.Server): RunningServer => {
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export class PortTaken extends StartupError {
  constructor(port: number) {
    super(
      `Port ${port} is in use. Stop the process that uses it, or start with another port: PORT=${port + 1} npm start`,
    );
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

/** Ports of servers that keep their address over restarts, since bookmarks and tokens contain it. */
export interface RememberedPorts {
  /** Tries the port this server had before, any free one otherwise. */
  listen(name: string, server: http.Server): Promise<RunningServer>;
}

export const rememberedPorts = (stateFile: string): RememberedPorts => {
  const state = openStateFile(stateFile, z.record(z.string(), z.number().int().positive()), {});
  const ports = { ...state.value };
  return {
    async listen(name, server) {
      const started = await listen(server, ports[name] ?? 0).catch((error: unknown) => {
        if (error instanceof PortTaken) return listen(server, 0);
        throw error;
      });
      ports[name] = started.port;
      state.write(ports);
      return started;
    },
  };
};
