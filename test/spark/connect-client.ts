import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, inject, onTestFinished } from 'vitest';

import { installCommand } from '../../functions/workloads/connection-text.ts';

const PYTHONS = ['python3.11', 'python3.12', 'python3'];

export interface Printed {
  readonly code: number | null;
  readonly output: string;
}

const run = async (command: string, environment: Readonly<Record<string, string>>, input = ''): Promise<Printed> => {
  // As a person pastes it; what this project sets is not there.
  const { PATH = '', HOME = '', JAVA_HOME } = process.env;
  const child = spawn('bash', ['-c', command], {
    env: { PATH, HOME, ...(JAVA_HOME !== undefined && { JAVA_HOME }), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
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

const makeEnvironment = (folder: string): void => {
  const python = PYTHONS.find((name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0);
  if (python === undefined) throw new Error('There is no Python with its venv module.');
  const { status, stderr } = spawnSync(python, ['-m', 'venv', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

const pythonIn = (folder: string) => {
  const bin = path.join(folder, 'bin');
  return {
    shell: (command: string) => run(`export PATH='${bin}':"$PATH"; ${command}`, {}),
    /** Pasted into Python's own shell, which prints what an expression is. */
    pasted: (lines: string) => run(`'${bin}/python' -i`, {}, `${lines}\n`),
    python: (lines: string) => run(`'${bin}/python' -c "$LINES"`, { LINES: lines }),
  };
};

/** A person's own machine: a new Python environment in which nothing is, and a shell to paste commands into. */
export const freshPython = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'atmo-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  makeEnvironment(folder);
  return pythonIn(folder);
};

/** The machine of a person who has run the command of the session's page: one for each version, since it installs for a minute. */
export const pythonWithClient = async (client: { readonly sparkVersion: string }) => {
  const folder = path.join(inject('connectClients'), client.sparkVersion);
  const person = pythonIn(folder);
  if (existsSync(folder)) return person;
  makeEnvironment(folder);
  const { code, output } = await person.shell(installCommand(client));
  if (code !== 0) rmSync(folder, { recursive: true, force: true });
  expect(code, output).toBe(0);
  return person;
};
