import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const heapFile = (directory: string): string => join(directory, 'heap.json');

/** Flags of Node for a stack whose memory is asked for. */
export const REPORTING_HEAP = ['--expose-gc', '--import', fileURLToPath(new URL('heap-reporter.ts', import.meta.url))];

/** What a stack of these flags holds once its garbage is collected. */
export const heapOf = async (pid: number, directory: string): Promise<NodeJS.MemoryUsage> => {
  const file = heapFile(directory);
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    await sleep(50);
    // Throws where the stack has ended.
    process.kill(pid, 0);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // Empty while it is being written.
    if (text !== '') return JSON.parse(text) as NodeJS.MemoryUsage;
  }
};
