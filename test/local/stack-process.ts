import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url));

/** The whole local stack in a process of its own, as `npm start` runs it. */
export interface StackProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything it printed until it was ready. */
  readonly output: string;
  /** Every address that it printed. */
  readonly servers: readonly string[];
  /** Ends it. @returns its exit code, null where a signal ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * @param flags of Node, before the stack's own file
 * @throws Error with what the stack printed where it ends before it is ready
 */
export const startStackProcess = (
  directory: string,
  port = '0',
  flags: readonly string[] = [],
): Promise<StackProcess> => {
  const child = spawn(process.execPath, [...flags, start], {
    env: { ...process.env, PORT: port, ATMO_LOCAL_DIR: directory, ATMO_SPARK: 'off' },
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /^ATMO is ready at (\S+)/m.exec(output)?.[1];
      if (url === undefined || child.pid === undefined) return;
      resolve({
        url,
        pid: child.pid,
        output,
        servers: [...new Set([...output.matchAll(/http:\/\/localhost:\d+/g)].map(([address]) => address))],
        end(signal = 'SIGTERM') {
          child.kill(signal);
          return closed;
        },
      });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void closed.then(() => reject(new Error(output)));
  });
};
