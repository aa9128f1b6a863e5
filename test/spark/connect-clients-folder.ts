import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the Python environments with clients that the files of this suite share, one file after the other. */
    connectClients: string;
  }
}

/** Set-up of the whole suite: it is removed after the last file. */
const setUp = ({ provide }: TestProject): (() => void) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'atmo-clients-'));
  provide('connectClients', folder);
  return () => rmSync(folder, { recursive: true, force: true });
};

export default setUp;
