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
const MOST_ATTEMPTS = 500;

/**
 * Resolves when a port takes connections, for a server that opens it at any moment.
 * @throws Error after ten seconds of the machine's time
 */
export const accepting = async (port: number): Promise<void> => {
  for (let left = MOST_ATTEMPTS; left > 0; left -= 1) {
    if (await attempt(port)) return;
    await new Promise((resolve) => native.setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`Port ${port} does not take connections`);
};
