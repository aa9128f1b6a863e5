import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { MECHANISMS } from './mechanisms.ts';
import { swapModules } from './module-swaps.ts';
import { printSensitivity } from './sensitivity.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-20' },
    /** One seed, to look at it. */
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    sensitivity: { type: 'boolean', default: false },
    /** The name of a mechanism that the product is to do without. */
    without: { type: 'string' },
    /** A call that fails four times in five all the time: `history.record`. */
    failing: { type: 'string' },
    /** A file with the state machine, which is synthesised otherwise. */
    definition: { type: 'string' },
    /** A file that each result is appended to, so that shards make one list. */
    log: { type: 'string' },
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

const definitionIn = async (file: string | undefined): Promise<unknown> =>
  file === undefined
    ? (await import('../workflow/run-workflow.ts')).definition
    : (JSON.parse(readFileSync(file, 'utf8')) as unknown);

/** @returns whether all invariants held */
const simulateAll = async (seeds: readonly number[]): Promise<boolean> => {
  // Thousands of errors, whose messages alone are looked at.
  if (!options.trace) Error.stackTraceLimit = 0;
  const mechanism = mechanismOf(options.without);
  // Before anything of the product is loaded: what is loaded already keeps its mechanism.
  const swapped = swapModules(mechanism);
  const { setStageEnvironment } = await import('./stage-environment.ts');
  setStageEnvironment();
  const definition = await definitionIn(options.definition);
  const { loadFunctions } = await import('./functions.ts');
  const { simulate } = await import('./simulate.ts');
  const { noTrace, printedTrace } = await import('./trace.ts');
  const { addLaunches, launchLines, noLaunches } = await import('./launch-counts.ts');
  const all = noLaunches();
  const sums: Record<string, number> = {};
  const notebook = readFileSync(new URL('../notebooks/greeting.ipynb', import.meta.url), 'utf8');
  const { failing } = options;
  const boots = await loadFunctions();
  const deployment = { boots, definition, notebook, ...(failing === undefined ? {} : { failing }) };
  if (mechanism !== undefined && !swapped.has(mechanism.file))
    throw new Error(`${mechanism.file} was loaded with its mechanism.`);
  const say = (line: string): void => {
    console.log(line);
    if (options.log !== undefined) appendFileSync(options.log, `${line}\n`);
  };
  let passed = 0;
  let failed = 0;
  for (const seed of seeds) {
    const result = await simulate(seed, deployment, options.trace ? printedTrace : noTrace);
    const { violations, counts, launches, faults } = result;
    const holds = violations.length === 0;
    say(
      `${seed} ${holds ? 'holds' : 'FAILS'} ${[counts, launches, faults].map((part) => JSON.stringify(part)).join(' ')}`,
    );
    addLaunches(all, launches);
    for (const [what, times] of Object.entries({ ...counts, ...faults })) sums[what] = (sums[what] ?? 0) + times;
    for (const violation of violations.slice(0, 5)) say(`   ${violation}`);
    passed += holds ? 1 : 0;
    failed += holds ? 0 : 1;
    if (!holds && options['until-broken']) break;
  }
  for (const line of launchLines(all)) console.log(line);
  for (const [what, times] of Object.entries(sums)) console.log(`${what}: ${times}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
};

const isFine = options.sensitivity
  ? await printSensitivity()
  : await simulateAll(seedsOf(options.seed ?? options.seeds));
process.exitCode = isFine ? 0 : 1;
