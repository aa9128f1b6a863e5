import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';

import { findChromium } from './browser/chromium.ts';
import { broken, NOTHING_RUN, type Counts } from './counts.ts';
import { motoEnvironment } from './moto/moto-environment.ts';
import { runPythonSuite } from './python/suite.ts';
import { isPythonRequired } from './python/virtual-environment.ts';

/**
 * Runs test suites one after the other and ends with the sum over all of them. Without arguments: everything that needs
 * Node alone, the tests of `emr/` where Python is, and the browser tests where a Chromium is found. `--require-browser` makes a missing Chromium a failure;
 * `--coverage` prints how much of the product's code the unit tests reach; `--second-try` runs files of suites that start
 * processes once more by themselves where they failed beside others, and names them.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'require-browser': { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
    'second-try': { type: 'boolean', default: false },
  },
});

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const LONGEST_REASON = 600;

/** The begin of what a test says of its failure, in one line: where only the end of an output is at hand, it tells why. */
const reasonOf = (messages: readonly string[]): string =>
  stripVTControlCharacters(messages.join('\n'))
    .replaceAll(/\n\s+at .*/g, '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, LONGEST_REASON);

const failuresIn = ({ testResults }: Report): string[] =>
  testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) =>
          `${relative(process.cwd(), name)}: ${fullName}: ${reasonOf(failureMessages)}`,
      ),
  );

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

/** They wait for processes and browsers, which a busy machine keeps waiting for longer than their limits. */
const STARTS_PROCESSES = new Set(['local', 'browser', 'spark']);

interface Ended {
  readonly counts: Counts;
  /** Those with a test that failed, or that broke outside their tests; relative to the project. */
  readonly failedFiles: readonly string[];
  /** Tests of the other files. */
  readonly passedElsewhere: number;
}

/** @param files all of the suite where there is none */
const runOnce = async (suite: string, report: string, files: readonly string[] = []): Promise<Ended> => {
  const child = spawn(
    'vitest',
    [
      ...['run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...(values.coverage && suite === 'unit' ? COVERAGE : []),
      ...files,
    ],
    { stdio: 'inherit' },
  );
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const nothing = { failedFiles: [], passedElsewhere: 0 };
  if (!existsSync(report)) return { ...nothing, counts: broken(`${suite}: no test ran`) };
  const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failedFiles = result.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const passedElsewhere = result.testResults
    .filter(({ name }) => !failedFiles.includes(name))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed').length;
  const ended = { failedFiles: failedFiles.map((name) => relative(process.cwd(), name)), passedElsewhere };
  // A suite that breaks outside any test, or runs none, has failed whatever it counted.
  if (status !== 0 && result.numFailedTests === 0)
    return { ...ended, counts: { ...broken(`${suite}: broken outside its tests`), passed: result.numPassedTests } };
  const failures = failuresIn(result);
  return { ...ended, counts: { passed: result.numPassedTests, failed: result.numFailedTests, failures } };
};

const run = async (suite: string): Promise<Counts> => {
  const { counts, failedFiles, passedElsewhere } = await runOnce(suite, join(reports, `${suite}.json`));
  if (!values['second-try'] || failedFiles.length === 0 || !STARTS_PROCESSES.has(suite)) return counts;
  const second = await runOnce(suite, join(reports, `${suite}-again.json`), failedFiles);
  for (const failure of counts.failures) console.log(`FAILED AT FIRST ${failure}`);
  return { ...second.counts, passed: passedElsewhere + second.counts.passed };
};

const runMoto = async (): Promise<Counts> => {
  const python = await motoEnvironment();
  if (!('missing' in python)) return run('moto');
  console.log(`The contract tests on moto did not run: ${python.missing}.`);
  return isPythonRequired ? broken('moto: it did not run') : NOTHING_RUN;
};

const runSuite = (suite: string): Promise<Counts> => {
  if (suite === 'python') return runPythonSuite(join(reports, 'python.xml'));
  return suite === 'moto' ? runMoto() : run(suite);
};

const all: Counts[] = [];
const seconds: Record<string, number> = {};
for (const suite of suites) {
  const begun = performance.now();
  all.push(await runSuite(suite));
  seconds[suite] = Math.round((performance.now() - begun) / 1000);
}

if (chosen.length > suites.length) console.log('\nNo Chromium was found: the browser tests did not run.');
const total = (count: (counts: Counts) => number): number => all.reduce((sum, counts) => sum + count(counts), 0);
const failed = total((counts) => counts.failed);
console.log(
  `\nSeconds: ${Object.entries(seconds)
    .map((entry) => entry.join(' '))
    .join(', ')}`,
);
for (const failure of all.flatMap(({ failures }) => failures)) console.log(`FAILED ${failure}`);
console.log(`${total((counts) => counts.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
