import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { findChromium } from './browser/chromium.ts';
import { motoEnvironment } from './moto/moto-environment.ts';
import { runPythonSuite } from './python/suite.ts';
import { isPythonRequired } from './python/virtual-environment.ts';

/**
 * Runs test suites one after the other and ends with the sum over all of them. Without arguments: everything that needs
 * Node alone, the tests of `emr/` where Python is, and the browser tests where a Chromium is found. `--require-browser` makes a missing Chromium a failure;
 * `--coverage` prints how much of the product's code the unit tests reach.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'require-browser': { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
  },
});

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly success: boolean;
}

const chosen =
  positionals.length > 0 ? positionals : ['unit', 'contract', 'workflow', 'local', 'infra', 'python', 'browser'];
const hasBrowser = findChromium() !== null;
const suites = chosen.filter((suite) => suite !== 'browser' || hasBrowser || values['require-browser']);
const reports = mkdtempSync(join(tmpdir(), 'atmo-tests-'));

const COVERAGE = [
  '--coverage.enabled',
  '--coverage.include={shared,functions}/**/*.ts',
  '--coverage.reporter=text-summary',
];

const run = async (suite: string): Promise<Counts> => {
  const report = join(reports, `${suite}.json`);
  const child = spawn(
    'vitest',
    [
      ...['run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...(values.coverage && suite === 'unit' ? COVERAGE : []),
    ],
    { stdio: 'inherit' },
  );
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  if (!existsSync(report)) return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, success: false };
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Counts;
  // A suite that breaks outside any test, or runs none, has failed whatever it counted.
  const isBroken = status !== 0 && counts.numFailedTests === 0;
  return { ...counts, numFailedTests: counts.numFailedTests + (isBroken ? 1 : 0) };
};

const runMoto = async (): Promise<Pick<Counts, 'numPassedTests' | 'numFailedTests'>> => {
  const python = await motoEnvironment();
  if (!('missing' in python)) return run('moto');
  console.log(`The contract tests on moto did not run: ${python.missing}.`);
  return { numPassedTests: 0, numFailedTests: isPythonRequired ? 1 : 0 };
};

const runSuite = (suite: string): Promise<Pick<Counts, 'numPassedTests' | 'numFailedTests'>> => {
  if (suite === 'python') return runPythonSuite(join(reports, 'python.xml'));
  return suite === 'moto' ? runMoto() : run(suite);
};

const all: Pick<Counts, 'numPassedTests' | 'numFailedTests'>[] = [];
for (const suite of suites) {
  all.push(await runSuite(suite));
}

if (chosen.length > suites.length) console.log('\nNo Chromium was found: the browser tests did not run.');
const sum = (count: (counts: (typeof all)[number]) => number): number =>
  all.reduce((total, counts) => total + count(counts), 0);
const failed = sum((counts) => counts.numFailedTests);
console.log(`\n${sum((counts) => counts.numPassedTests)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
