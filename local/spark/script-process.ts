import { spawn } from 'node:child_process';

import type { ExecutionLog } from '../emulation/executions.ts';
import { native } from '../native-timers.ts';

export interface Script {
  readonly file: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the script: gently first, so that it can still store what it has. */
  readonly signal: AbortSignal;
  readonly log: ExecutionLog;
}

/** Longer than the scripts give themselves to end after a SIGTERM. */
const MILLISECONDS_TO_END = 90_000;

const killGroup = (leader: number | undefined): void => {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing of the group is left: as it should be.
  }
};

/** Runs a script in a process group of its own and resolves with its exit code when nothing of it is left. */
export const runScript = async ({ file, args, directory, environment, signal, log }: Script): Promise<number> => {
  if (signal.aborted) return 1;
  const child = spawn(file, args, {
    cwd: directory,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Uint8Array) => log.stdout(chunk));
  child.stderr.on('data', (chunk: Uint8Array) => log.stderr(chunk));

  const stop = (): void => {
    child.kill('SIGTERM');
    const patience = native.setTimeout(() => killGroup(child.pid), MILLISECONDS_TO_END);
    child.once('exit', () => native.clearTimeout(patience));
  };
  signal.addEventListener('abort', stop, { once: true });

  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      // `close` and not `exit`: the last lines are still on their way.
      child.once('close', (code, killedBy) => resolve(code ?? (killedBy === null ? 1 : 128)));
      child.once('exit', () => killGroup(child.pid));
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
