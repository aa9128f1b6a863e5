import { connect, createServer, type AddressInfo } from 'node:net';

import { native } from '../native-timers.ts';

const HOST = '127.0.0.1';

/** A port of this machine that nothing listens on at the moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const attempt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const PAUSE_MS = 20;
const PATIENCE_MS = 10_000;

/**
 * Resolves when a port takes connections, for a server that opens it at any moment.
 * @param patience milliseconds of the machine's time
 * @throws Error after that
 */
export const accepting = async (port: number, patience = PATIENCE_MS): Promise<void> => {
  for (let left = patience / PAUSE_MS; left > 0; left -= 1) {
    if (await attempt(port)) return;
    await new Promise((resolve) => native.setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`Port ${port} does not take connections`);
};
