import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

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

interface Wanted {
  /** Below `.local/`. */
  readonly name: string;
  /** Lowest minor version of Python 3. */
  readonly minor: number;
  readonly requirements: string;
  /** Scripts to run in it once, after its packages are installed. */
  readonly scripts?: readonly string[];
  /** What it is for, as in "Making a Python environment for …". */
  readonly purpose: string;
}

const hasPython = (minor: number): boolean =>
  spawnSync('python3', ['-c', `import sys, venv, ensurepip; sys.exit(sys.version_info < (3, ${minor}))`]).status === 0;

const install = async (environment: string, { requirements, scripts = [] }: Wanted): Promise<boolean> => {
  const python = path.join(environment, 'bin/python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements];
  if ((await run('python3', ['-m', 'venv', '--clear', environment])) !== 0) return false;
  if ((await run(python, pip)) !== 0) return false;
  for (const script of scripts) if ((await run(python, [script])) !== 0) return false;
  return true;
};

/**
 * A Python environment, made once for each version of its files.
 * @returns its folder of programs, or why there is none
 */
export const virtualEnvironment = async (wanted: Wanted): Promise<{ bin: string } | { missing: string }> => {
  if (!hasPython(wanted.minor))
    return { missing: `Python 3.${wanted.minor} or newer with its venv module was not found` };
  const environment = path.join(ROOT, '.local', wanted.name);
  const bin = path.join(environment, 'bin');
  const marker = path.join(environment, 'made-from');
  const hash = createHash('sha256');
  for (const file of [wanted.requirements, ...(wanted.scripts ?? [])]) hash.update(readFileSync(file));
  const digest = hash.digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === digest) return { bin };
  console.log(`Making a Python environment for ${wanted.purpose} (once, about a minute) …`);
  if (!(await install(environment, wanted))) {
    rmSync(environment, { recursive: true, force: true });
    return { missing: `the packages of ${path.relative(ROOT, wanted.requirements)} could not be installed` };
  }
  writeFileSync(marker, digest);
  return { bin };
};
