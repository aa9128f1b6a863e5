import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleTable } from './bundles.ts';
import { writeResults } from './results.ts';

/** Measures, prints, writes `bench/results.md`, and fails where a figure passes its gate. */
const directory = mkdtempSync(join(tmpdir(), 'atmo-bench-'));
try {
  const tables = [await bundleTable(directory)];
  for (const { title, explanation, rows } of tables) {
    console.log(`\n${title}\n${explanation}`);
    console.table(rows);
  }
  await writeResults(fileURLToPath(new URL('results.md', import.meta.url)), tables);
  const passed = tables.flatMap((table) => table.passed);
  for (const sentence of passed) console.error(`Past its gate: ${sentence}`);
  if (passed.length > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
