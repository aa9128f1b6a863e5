import path from 'node:path';

import { virtualEnvironment } from '../python/virtual-environment.ts';

/** Programs of a Python environment with moto's server. */
export const motoEnvironment = (): ReturnType<typeof virtualEnvironment> =>
  virtualEnvironment({
    name: 'moto',
    minor: 10,
    requirements: path.join(import.meta.dirname, 'requirements.txt'),
    purpose: 'moto, a second emulator of AWS',
  });
