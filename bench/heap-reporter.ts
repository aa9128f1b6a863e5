import { writeFileSync } from 'node:fs';

import { heapFile } from './heap.ts';

/** Loaded into a stack's process (`node --expose-gc --import`): collects garbage and writes what is left, whenever SIGUSR2 asks. */
const file = heapFile(process.env['ATMO_LOCAL_DIR'] ?? '.');

process.on('SIGUSR2', () => {
  // Twice: what finalizers let go of is collected by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  writeFileSync(file, JSON.stringify(process.memoryUsage()));
});
