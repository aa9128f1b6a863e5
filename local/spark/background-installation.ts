import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { sparkPaths } from './paths.ts';
import { isSparkInstalled } from './installed-spark.ts';

/** What `GET /local/spark` answers. */
export interface SparkInstallation {
  /** `off`: by `ATMO_SPARK=off`. `failed`: `message` says why and what to do. */
  readonly state: 'installed' | 'installing' | 'failed' | 'off';
  /** The step under way, or the reason; null where there is none to tell. */
  readonly message: string | null;
}

export interface BackgroundInstallation {
  /** Once, when the stack is ready: its start is not to wait for this. */
  begin(): void;
  status(): SparkInstallation;
  /** Ends it where it is; the next start goes on from there. */
  stop(): Promise<void>;
}

interface InstallationOptions {
  readonly dataDirectory: string;
  /** One line for the terminal. */
  readonly print: (line: string) => void;
  /** `ATMO_SPARK` of the environment. */
  readonly setting: string | undefined;
  /** What installs; its lines `FAMILY [2/5] …` are the progress, and the last line of stderr is the reason of a failure. */
  readonly command?: readonly [string, ...string[]];
}

const INSTALL = [process.execPath, path.join(import.meta.dirname, 'install.ts')] as const;

const STEP = /^\S+ \[\d+\/\d+\] /;

/**
 * Installs Spark beside the running stack, with low priority, where it is not installed yet: notebooks then really run. The
 * stack works meanwhile, and its runs say that they were not executed.
 */
export const sparkInBackground = (options: InstallationOptions): BackgroundInstallation => {
  const { dataDirectory, print, setting, command = INSTALL } = options;
  const isInstalled = RELEASE_FAMILIES.every((family) => isSparkInstalled(sparkPaths(dataDirectory, family)));
  let status: SparkInstallation = { state: isInstalled ? 'installed' : 'off', message: null };
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null;
  let isStopped = false;

  const take = (line: string): void => {
    if (!STEP.test(line)) return;
    if (status.message === null) print(ANNOUNCED);
    print(`Spark: ${line}`);
    status = { state: 'installing', message: line };
  };
  const end = (isDone: boolean, why: string): void => {
    if (isStopped) return;
    status = isDone ? { state: 'installed', message: null } : { state: 'failed', message: why };
    print(isDone ? 'Spark is installed: notebooks are executed from now on.' : `Notebooks are not executed: ${why}`);
  };

  return {
    begin() {
      if (isInstalled || setting === 'off') return;
      status = { state: 'installing', message: null };
      running = start({ command, dataDirectory, take, end });
    },
    status: () => status,
    async stop() {
      isStopped = true;
      if (running === null) return;
      const { pid, exitCode } = running.child;
      if (pid !== undefined && exitCode === null) killGroup(pid);
      await running.ended;
    },
  };
};

const ANNOUNCED =
  'Spark is installed in the background, so that notebooks really run: about 1 GB to download, 2.2 GB on disk, some five ' +
  'minutes, once. ATMO_SPARK=off skips it.';

interface Start {
  readonly command: readonly [string, ...string[]];
  readonly dataDirectory: string;
  readonly take: (line: string) => void;
  readonly end: (isDone: boolean, why: string) => void;
}

const start = ({ command: [executable, ...args], dataDirectory, take, end }: Start) => {
  const logFile = path.join(dataDirectory, 'spark-install.log');
  const log = createWriteStream(logFile);
  const child = spawn(executable, args, {
    env: { ...process.env, ATMO_LOCAL_DIR: dataDirectory },
    // The channel tells it when this process is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a group of its own, so that pip ends with it.
    detached: true,
  });
  let complaint = '';
  for (const [stream, read] of [
    [child.stdout, take],
    [child.stderr, (line: string) => (complaint = line.trim() === '' ? complaint : line)],
  ] as const) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      read(line);
    });
  }
  child.once('spawn', () => lowerPriority(child));
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      end(false, error.message);
      resolve();
    });
    child.once('close', (code) => {
      end(code === 0, `${complaint} (log: ${path.basename(logFile)})`);
      log.end(resolve);
    });
  });
  return { child, ended };
};

/** The portal answers people first. */
const lowerPriority = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended, or the system does not let us.
  }
};

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has just ended.
  }
};
