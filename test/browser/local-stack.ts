import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { putBuilds } from '../builds/builds.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** A whole local stack of its own, with empty data, in a process of its own. */
export interface LocalStack {
  readonly url: string;
  /** Moves the stack's time by an ISO 8601 duration; everything due in between happens. */
  readonly advance: (duration: string) => Promise<void>;
  /** Gives the local EMR an order, for example `{ failNext: 'STEP_FAILURE' }`. */
  readonly emr: (order: object) => Promise<void>;
  /** Where the server of an AWS service is, by the name that the stack prints. */
  readonly serverOf: (name: string) => string;
  readonly stop: () => Promise<void>;
}

const post = async (url: string, body: object): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
};

/**
 * Starts it as `npm start` does, on a free port, and waits until it says that it is ready.
 * @param environment variables beside those of this process
 */
export const startLocalStack = async (environment: Readonly<Record<string, string>> = {}): Promise<LocalStack> => {
  const directory = mkdtempSync(join(tmpdir(), 'atmo-browser-'));
  await putBuilds(directory);
  const child = spawn(process.execPath, ['local/start.mjs'], {
    cwd: REPOSITORY,
    // Vitest's NODE_ENV would make the pages load React's development build.
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      ATMO_LOCAL_DIR: directory,
      ATMO_SPARK: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line);
        const ready = /ready at (http:\/\/\S+)/.exec(line)?.[1];
        if (ready !== undefined) resolve(ready);
      });
    }
    child.once('exit', (code) => reject(new Error(`The local stack ended with ${code}:\n${printed.join('\n')}`)));
  });
  return {
    url,
    advance: (duration) => post(`${url}/local/clock`, { advance: duration }),
    emr: (order) => post(`${url}/local/emr`, order),
    serverOf: (name) => {
      const line = printed.find((text) => text.startsWith(`${name} `));
      if (line === undefined) throw new Error(`The stack printed no address of ${name}.`);
      return line.slice(name.length).trim();
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
