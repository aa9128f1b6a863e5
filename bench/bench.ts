import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { bundleTable } from './bundles.ts';
import { eventToPageTable } from './event-to-page.ts';
import { FIFTH, FULL, loadTables } from './load/load-tables.ts';
import { pageTable } from './load/page-times.ts';
import { memoryTable } from './memory.ts';
import { writeResults, type Table } from './results.ts';
import { sparkTables } from './spark.ts';
import { virtualDayTable } from './virtual-day.ts';

/**
 * Measures, prints, writes `bench/results.md`, and fails where a figure passes its gate. Names of parts measure these alone, and
 * `--full` a portal as large as it may become, or a month of it, which takes minutes.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { full: { type: 'boolean' } } });

/** Virtual days. */
const [WEEK, MONTH] = [7, 30];

const directory = mkdtempSync(join(tmpdir(), 'atmo-bench-'));
const PARTS: Readonly<Record<string, () => Promise<readonly Table[]>>> = {
  bundles: async () => [await bundleTable(directory)],
  'virtual-day': async () => [await virtualDayTable(directory)],
  'event-to-page': async () => [await eventToPageTable(directory)],
  spark: () => sparkTables(directory),
  load: () => loadTables(directory, values.full === true ? FULL : FIFTH),
  pages: async () => [await pageTable(directory)],
  memory: async () => [await memoryTable(directory, values.full === true ? MONTH : WEEK)],
};
/** These need a machine at rest, and minutes: they are measured where they are named. */
const BY_NAME = new Set(['spark', 'load', 'pages', 'memory']);
const names = positionals.length > 0 ? positionals : Object.keys(PARTS).filter((name) => !BY_NAME.has(name));
try {
  const measured = new Map<string, readonly Table[]>();
  for (const name of names) {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`There is no part ${name}. Name some of ${Object.keys(PARTS).join(', ')}.`);
    measured.set(name, await part());
  }
  const tables = [...measured.values()].flat();
  for (const { title, explanation, rows } of tables) {
    console.log(`\n${title}\n${explanation}`);
    console.table(rows);
  }
  await writeResults(fileURLToPath(new URL('results.md', import.meta.url)), measured, Object.keys(PARTS));
  const passed = tables.flatMap((table) => table.passed);
  for (const sentence of passed) console.error(`Past its gate: ${sentence}`);
  if (passed.length > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
