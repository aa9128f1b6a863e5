import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BUILDS } from './builds.ts';

/** A folder for what the tests of a project build once; nothing is built for tests that need none. */
export const setup = (): (() => void) => {
  const directory = mkdtempSync(join(tmpdir(), 'atmo-builds-'));
  process.env[BUILDS] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
};
