import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { MECHANISMS } from './mechanisms.ts';

const COMMAND = fileURLToPath(new URL('faults.ts', import.meta.url));
const SEEDS = '1-20';

/** A process for each mechanism: modules are loaded once, and without it. */
const firstFailure = (name: string): string | null => {
  const options = ['--seeds', SEEDS, '--without', name, '--until-broken'];
  const { stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...options], { encoding: 'utf8' });
  const lines = stdout.split('\n');
  const failed = lines.findIndex((line) => line.includes(' FAILS '));
  if (failed >= 0) return `seed ${lines[failed]?.split(' ')[0]}: ${lines[failed + 1]?.trim().slice(25, 105)}`;
  if (!lines.some((line) => line.startsWith('20 ')))
    throw new Error(`Without "${name}" nothing runs: ${stderr.slice(-2000)}`);
  return null;
};

/** Prints which invariant breaks without each mechanism. @returns whether one breaks without every one of them */
export const printSensitivity = (): boolean => {
  console.log('| without | against | what breaks within 20 seeds |\n| --- | --- | --- |');
  let isSensitive = true;
  for (const [name, { against }] of Object.entries(MECHANISMS)) {
    const broken = firstFailure(name);
    isSensitive &&= broken !== null;
    console.log(`| ${name} | ${against} | ${broken ?? '**nothing**'} |`);
  }
  return isSensitive;
};
