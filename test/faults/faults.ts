import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import { STAGE_SETTINGS } from '../fakes/settings.ts';
import { swapModules } from './module-swaps.ts';

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1-20' }, seed: { type: 'string' }, trace: { type: 'boolean' } },
});

const [first, last] = (options.seed ?? options.seeds).split('-').map(Number);
if (first === undefined || Number.isNaN(first)) throw new Error('Give --seeds as 1-200, or --seed as 17.');

const engine = {
  roleArn: 'arn:aws:iam::123456789012:role/job',
  sessionRoleArn: 'arn:aws:iam::123456789012:role/session',
  architecture: 'arm64',
  worker: { vCpu: 4, memoryGb: 16, storageGb: 20 },
  maximumVCpu: 100,
  maximumMemoryGb: 400,
  maxConcurrentRuns: 15,
  queueTimeoutMinutes: 60,
  packages: {},
};

for (const name of Object.values(ENVIRONMENT)) process.env[name] = '';
process.env[ENVIRONMENT.environment] = 'test';
process.env[ENVIRONMENT.region] = 'us-west-2';
process.env[ENVIRONMENT.publicUrl] = 'https://atmo.example.com';
process.env[ENVIRONMENT.stageSettings] = JSON.stringify(STAGE_SETTINGS);
process.env[ENVIRONMENT.emrServerless] = JSON.stringify(engine);

swapModules();
const { definition } = await import('../workflow/run-workflow.ts');
const { loadFunctions } = await import('./functions.ts');
const { simulate } = await import('./simulate.ts');
const { noTrace, printedTrace } = await import('./trace.ts');

const deployment = {
  boots: await loadFunctions(),
  definition,
  notebook: readFileSync(new URL('../notebooks/greeting.ipynb', import.meta.url), 'utf8'),
};

for (let seed = first; seed <= (last ?? first); seed += 1) {
  const began = performance.now();
  const { violations, counts } = await simulate(seed, deployment, options.trace === true ? printedTrace : noTrace);
  console.log(
    seed,
    violations.length === 0 ? 'holds' : 'FAILS',
    JSON.stringify(counts),
    `${Math.round(performance.now() - began)} ms`,
  );
  for (const violation of violations.slice(0, 5)) console.log(`   ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
}
