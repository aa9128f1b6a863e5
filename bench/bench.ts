import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { bundleLambda } from '../infra/lambda-bundle.ts';

/**
 * Size of each Lambda's bundle, and how long a fresh process takes to import it, as a ratio to an empty handler's in the
 * same run: machines are noisy, ratios less so. The order is shuffled in each round, and the median counts.
 */
const ROUNDS = 11;

/** The one with the most prices. */
const REGION = 'us-east-1';

const environment = {
  ...process.env,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};

/** Imports in a process of its own; what the import itself throws (settings are missing here) comes after the work. */
const importMilliseconds = (file: string): number => {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}).catch((e) => { if (e.name !== 'MissingEnvironment') throw e; }); console.log(performance.now() - t);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Importing ${file} failed: ${stderr}`);
  return Number(stdout.trim().split('\n').at(-1));
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const directory = mkdtempSync(join(tmpdir(), 'atmo-bench-'));
try {
  const features = globSync('functions/*/*.lambda.ts').map((entry) => basename(entry, '.lambda.ts'));
  const bundles = await Promise.all(
    features.toSorted().map((feature) => bundleLambda(feature, join(directory, feature), REGION)),
  );
  mkdirSync(join(directory, 'empty'));
  const empty = join(directory, 'empty', 'index.mjs');
  writeFileSync(empty, 'export const handler = async () => undefined;\n');

  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const file of [empty, ...bundles.map((bundle) => bundle.file)].toSorted(() => Math.random() - 0.5)) {
      times.set(file, [...(times.get(file) ?? []), importMilliseconds(file)]);
    }
  }

  const base = median(times.get(empty) ?? []);
  console.log(`Import of an empty handler: ${base.toFixed(1)} ms (median of ${ROUNDS})\n`);
  console.table(
    Object.fromEntries(
      bundles.map(({ feature, file, size, clients }) => [
        feature,
        {
          bytes: size,
          'import, times empty': Number((median(times.get(file) ?? []) / base).toFixed(1)),
          clients: clients.join(' '),
        },
      ]),
    ),
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
