import { readFileSync } from 'node:fs';
import path from 'node:path';

import { pythonEnvironment } from './environment.ts';
import { isPythonRequired, run } from './virtual-environment.ts';

interface PythonCounts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

const numberOf = (report: string, name: string): number =>
  Number(new RegExp(` ${name}="(\\d+)"`).exec(report)?.[1] ?? 0);

/**
 * Runs pytest over `test/python`.
 * @param report where pytest writes its JUnit report
 */
export const runPythonSuite = async (report: string): Promise<PythonCounts> => {
  const python = await pythonEnvironment();
  if ('missing' in python) {
    console.log(`The Python tests did not run: ${python.missing}.`);
    return { numPassedTests: 0, numFailedTests: isPythonRequired ? 1 : 0 };
  }
  const pytest = path.join(python.bin, 'pytest');
  const status = await run(pytest, ['--quiet', `--junitxml=${report}`, '--rootdir=test/python', 'test/python']);
  const suite = status > 1 ? '' : readFileSync(report, 'utf8');
  // A skipped test has shown nothing.
  const failed = numberOf(suite, 'errors') + numberOf(suite, 'failures') + numberOf(suite, 'skipped');
  const isBroken = status !== 0 && failed === 0;
  return { numPassedTests: numberOf(suite, 'tests') - failed, numFailedTests: isBroken ? 1 : failed };
};
