import { readFileSync } from 'node:fs';
import path from 'node:path';

import { broken, NOTHING_RUN, type Counts } from '../counts.ts';
import { pythonEnvironment } from './environment.ts';
import { isPythonRequired, run } from './virtual-environment.ts';

const numberOf = (report: string, name: string): number =>
  Number(new RegExp(` ${name}="(\\d+)"`).exec(report)?.[1] ?? 0);

/**
 * Runs pytest over `test/python`.
 * @param report where pytest writes its JUnit report
 */
export const runPythonSuite = async (report: string): Promise<Counts> => {
  const python = await pythonEnvironment();
  if ('missing' in python) {
    console.log(`The Python tests did not run: ${python.missing}.`);
    return isPythonRequired ? broken('python: it did not run') : NOTHING_RUN;
  }
  const pytest = path.join(python.bin, 'pytest');
  const status = await run(pytest, ['--quiet', `--junitxml=${report}`, '--rootdir=test/python', 'test/python']);
  const suite = status > 1 ? '' : readFileSync(report, 'utf8');
  // A skipped test has shown nothing.
  const failed = numberOf(suite, 'errors') + numberOf(suite, 'failures') + numberOf(suite, 'skipped');
  const passed = numberOf(suite, 'tests') - failed;
  if (status !== 0 && failed === 0) return { ...broken('python: broken outside its tests'), passed };
  return { passed, failed, failures: failed > 0 ? ['python: pytest names them above'] : [] };
};
