import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { TestProject } from 'vitest/node';

import { motoEnvironment } from './moto-environment.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of moto's server; missing in the projects that use the local emulators. */
    motoUrl: string;
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/moto-api/`).then(
    ({ ok }) => ok,
    () => false,
  );

/** One request at a time: moto's writes of an item are not atomic among threads, which its own command starts. */
const SERVE = [
  'import sys',
  'from werkzeug.serving import run_simple',
  'from moto.server import DomainDispatcherApplication, create_backend_app',
  "run_simple('127.0.0.1', int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)",
].join('\n');

/**
 * Starts a moto.
 * @throws Error where Python or a package is missing
 */
export const startMoto = async (): Promise<{ url: string; stop: () => void }> => {
  const python = await motoEnvironment();
  if ('missing' in python) throw new Error(`moto cannot start: ${python.missing}.`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(path.join(python.bin, 'python'), ['-c', SERVE, String(port)], {
    stdio: 'ignore',
  });
  const stop = () => void server.kill();
  for (let wait = 0; wait < 300 && server.exitCode === null; wait += 1) {
    if (await answers(url)) return { url, stop };
    await sleep(200);
  }
  stop();
  throw new Error('moto did not get ready.');
};

/** One moto for all test files of the project. */
export default async (project: TestProject): Promise<() => void> => {
  const { url, stop } = await startMoto();
  project.provide('motoUrl', url);
  return stop;
};
