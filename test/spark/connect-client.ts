import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

const PYTHONS = ['python3.11', 'python3.12', 'python3'];

export interface Printed {
  readonly code: number | null;
  readonly output: string;
}

const run = async (command: string, environment: Readonly<Record<string, string>>): Promise<Printed> => {
  // As a person pastes it; what this project sets is not there.
  const { PATH = '', HOME = '', JAVA_HOME } = process.env;
  const child = spawn('bash', ['-c', command], {
    env: { PATH, HOME, ...(JAVA_HOME !== undefined && { JAVA_HOME }), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const add = (chunk: Uint8Array): void => void (output += Buffer.from(chunk).toString());
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output };
};

/** A person's own machine: a new Python environment in which nothing is, and a shell to paste commands into. */
export const freshPython = () => {
  const python = PYTHONS.find((name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0);
  if (python === undefined) throw new Error('There is no Python with its venv module.');
  const folder = mkdtempSync(path.join(tmpdir(), 'atmo-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { status, stderr } = spawnSync(python, ['-m', 'venv', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const bin = path.join(folder, 'bin');
  return {
    shell: (command: string) => run(`export PATH='${bin}':"$PATH"; ${command}`, {}),
    python: (lines: string) => run(`'${bin}/python' -c "$LINES"`, { LINES: lines }),
  };
};
