import path from 'node:path';

import { pythonEnvironment } from './environment.ts';
import { isPythonRequired, run } from './virtual-environment.ts';

/** Part of `npm run validate`: format, lint and types of the Python, where Python is. */
const SETTINGS = 'test/python/pyproject.toml';
const FOLDERS = ['emr', 'test/python'];

const CHECKS = [
  ['ruff', 'format', '--no-cache', '--quiet', '--check', '--config', SETTINGS, ...FOLDERS],
  ['ruff', 'check', '--no-cache', '--quiet', '--config', SETTINGS, ...FOLDERS],
  [
    'mypy',
    '--cache-dir',
    '.local/mypy',
    '--config-file',
    SETTINGS,
    'emr/steps',
    'emr/kernel',
    'emr/jupyter',
    'test/python',
  ],
] as const;

const python = await pythonEnvironment();
if ('missing' in python) {
  console.log(`The Python of emr/ was not checked: ${python.missing}.`);
  process.exitCode = isPythonRequired ? 1 : 0;
} else {
  for (const [program, ...args] of CHECKS) {
    if ((await run(path.join(python.bin, program), args)) !== 0) process.exitCode = 1;
  }
}
