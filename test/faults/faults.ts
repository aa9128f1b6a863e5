import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { MECHANISMS } from './mechanisms.ts';
import { swapModules } from './module-swaps.ts';
import { printSensitivity } from './sensitivity.ts';
import { setStageEnvironment } from './stage-environment.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-20' },
    /** One seed, to look at it. */
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    sensitivity: { type: 'boolean', default: false },
    /** The name of a mechanism that the product is to do without. */
    without: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
  },
});

/** @throws Error naming the option */
const seedsOf = (text: string): readonly number[] => {
  const [first, last = first] = text.split('-').map(Number);
  if (!Number.isInteger(first) || !Number.isInteger(last))
    throw new Error(`Give --seeds as 1-200 or --seed as 17, not ${text}.`);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
};

const mechanismOf = (name: string | undefined) => {
  if (name === undefined) return undefined;
  const mechanism = MECHANISMS[name];
  if (mechanism === undefined) throw new Error(`There is no mechanism "${name}". See test/faults/mechanisms.ts.`);
  return mechanism;
};

/** @returns whether all invariants held */
const simulateAll = async (seeds: readonly number[]): Promise<boolean> => {
  setStageEnvironment();
  swapModules(mechanismOf(options.without));
  const { definition } = await import('../workflow/run-workflow.ts');
  const { loadFunctions } = await import('./functions.ts');
  const { simulate } = await import('./simulate.ts');
  const { noTrace, printedTrace } = await import('./trace.ts');
  const notebook = readFileSync(new URL('../notebooks/greeting.ipynb', import.meta.url), 'utf8');
  const deployment = { boots: await loadFunctions(), definition, notebook };
  let failed = 0;
  for (const seed of seeds) {
    const { violations, counts } = await simulate(seed, deployment, options.trace ? printedTrace : noTrace);
    console.log(seed, violations.length === 0 ? 'holds' : 'FAILS', JSON.stringify(counts));
    for (const violation of violations.slice(0, 5)) console.log(`   ${violation}`);
    failed += violations.length === 0 ? 0 : 1;
    if (failed > 0 && options['until-broken']) break;
  }
  console.log(`${seeds.length - failed} passed, ${failed} failed`);
  return failed === 0;
};

const isFine = options.sensitivity ? printSensitivity() : await simulateAll(seedsOf(options.seed ?? options.seeds));
process.exitCode = isFine ? 0 : 1;
