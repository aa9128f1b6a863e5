import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

import { routePaths } from '../lib/route-paths.ts';

const MODULE = fileURLToPath(new URL('../lib/route-paths.ts', import.meta.url));

/**
 * Puts the contract's methods and paths into the pages without its schemas: 40 kB of the first page's script less. Forms,
 * which do validate, import their schemas and load them with their own page.
 */
export const inlineRoutePaths = (): Plugin => ({
  name: 'atmo:inline-route-paths',
  load: (id) => {
    if (id !== MODULE) return null;
    const paths = Object.entries(routePaths).map(([name, { method, path }]) => [name, { method, path }]);
    return `export const routePaths = ${JSON.stringify(Object.fromEntries(paths))};`;
  },
});
