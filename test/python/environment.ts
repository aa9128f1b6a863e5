import path from 'node:path';

import { virtualEnvironment } from './virtual-environment.ts';

/** Programs of a Python environment with ruff, mypy and pytest, for the checks of `emr/`. */
export const pythonEnvironment = (): ReturnType<typeof virtualEnvironment> =>
  virtualEnvironment({
    name: 'python-tests',
    minor: 9,
    requirements: path.join(import.meta.dirname, 'requirements.txt'),
    scripts: [path.resolve(import.meta.dirname, '../../emr/kernel/install_kernel.py')],
    purpose: 'the checks of emr/',
  });
