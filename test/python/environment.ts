import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const INSTALL_KERNEL = path.join(ROOT, 'emr/kernel/install_kernel.py');

/** In CI nothing is left out: what cannot be checked there is a failure. */
export const isPythonRequired = process.env['ATMO_REQUIRE_PYTHON'] === '1';

/** @returns the exit code */
export const run = async (program: string, args: readonly string[]): Promise<number> => {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
};

const hasPython = (): boolean =>
  spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))']).status === 0;

const install = async (environment: string, python: string): Promise<boolean> => {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', REQUIREMENTS];
  return (
    (await run('python3', ['-m', 'venv', '--clear', environment])) === 0 &&
    (await run(python, pip)) === 0 &&
    (await run(python, [INSTALL_KERNEL])) === 0
  );
};

/**
 * The programs of a Python environment with ruff, mypy and pytest, made once for each version of `requirements.txt`.
 * @returns its folder of programs, or why there is none
 */
export const pythonEnvironment = async (): Promise<{ bin: string } | { missing: string }> => {
  if (!hasPython()) return { missing: 'Python 3.9 or newer with its venv module was not found' };
  const environment = path.join(ROOT, '.local/python-tests');
  const bin = path.join(environment, 'bin');
  const marker = path.join(environment, 'made-from');
  const hash = createHash('sha256');
  for (const file of [REQUIREMENTS, INSTALL_KERNEL]) hash.update(readFileSync(file));
  const wanted = hash.digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return { bin };
  console.log('Making a Python environment for the checks of emr/ (once, about a minute) …');
  if (!(await install(environment, path.join(bin, 'python')))) {
    rmSync(environment, { recursive: true, force: true });
    return { missing: 'the packages of test/python/requirements.txt could not be installed' };
  }
  writeFileSync(marker, wanted);
  return { bin };
};
