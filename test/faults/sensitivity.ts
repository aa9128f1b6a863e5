import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { MECHANISMS } from './mechanisms.ts';

const COMMAND = fileURLToPath(new URL('faults.ts', import.meta.url));
const SEEDS = '1-20';

/** A process for each mechanism: modules are loaded once, and without it. */
const firstFailure = async (name: string, definition: string, failing?: string): Promise<string | null> => {
  const options = ['--seeds', SEEDS, '--without', name, '--until-broken', '--definition', definition];
  if (failing !== undefined) options.push('--failing', failing);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [COMMAND, ...options]).catch(
    // It ends with 1 where an invariant breaks.
    (error: unknown) => error as { readonly stdout: string; readonly stderr: string },
  );
  const lines = stdout.split('\n');
  const failed = lines.findIndex((line) => line.includes(' FAILS '));
  if (failed >= 0) return `seed ${lines[failed]?.split(' ')[0]}: ${lines[failed + 1]?.trim().slice(25, 105)}`;
  if (!lines.some((line) => line.startsWith('20 ')))
    throw new Error(`Without "${name}" nothing runs: ${stderr.slice(-2000)}`);
  return null;
};

/** Prints which invariant breaks without each mechanism. @returns whether one breaks without every one of them */
export const printSensitivity = async (): Promise<boolean> => {
  const directory = mkdtempSync(join(tmpdir(), 'atmo-faults-'));
  const file = join(directory, 'definition.json');
  const { definition } = await import('../workflow/run-workflow.ts');
  writeFileSync(file, JSON.stringify(definition));
  console.log('| without | against | what breaks within 20 seeds |\n| --- | --- | --- |');
  let isSensitive = true;
  const left = Object.entries(MECHANISMS);
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [name, { against, failing }] = next;
      const broken = await firstFailure(name, file, failing);
      isSensitive &&= broken !== null;
      console.log(`| ${name} | ${against} | ${broken ?? '**nothing**'} |`);
    }
  };
  await Promise.all([work(), work()]);
  rmSync(directory, { recursive: true });
  return isSensitive;
};
