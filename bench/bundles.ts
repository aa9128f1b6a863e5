import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { bundleBudget } from '../infra/bundle/bundle-budget.ts';
import { bundleLambda } from '../infra/lambda-bundle.ts';
import { functionSettings } from '../test/infra/function-settings.ts';
import type { Table } from './results.ts';
import { medianStarts, type StartedFunction } from './starts.ts';

const ROUNDS = 15;

/** The one with the most prices. */
const REGION = 'us-east-1';

const emptyFunction = (directory: string): StartedFunction => {
  mkdirSync(join(directory, 'empty'));
  const file = join(directory, 'empty', 'index.mjs');
  writeFileSync(file, 'export const handler = async () => undefined;\n');
  return { name: 'an empty handler', file, settings: {} };
};

/** Size of each function, and how long it takes to start. */
export const bundleTable = async (directory: string): Promise<Table> => {
  const features = globSync('functions/*/*.lambda.ts').map((entry) => basename(entry, '.lambda.ts'));
  const bundles = await Promise.all(
    features
      .toSorted((a, b) => a.localeCompare(b))
      .map((feature) => bundleLambda(feature, join(directory, feature), REGION)),
  );
  const empty = emptyFunction(directory);
  const functions = bundles.map(({ feature, file }) => ({ name: feature, file, settings: functionSettings(feature) }));
  const starts = medianStarts([empty, ...functions], ROUNDS);
  const base = starts.get(empty.name) ?? { wall: Number.NaN, cpu: Number.NaN };
  const measured = bundles.map(({ feature, size, clients }) => {
    const { wall, cpu } = starts.get(feature) ?? base;
    return {
      feature,
      size,
      clients,
      budget: bundleBudget(feature, clients),
      wall,
      wallRatio: wall / base.wall,
      cpuRatio: cpu / base.cpu,
    };
  });
  return {
    title: 'Functions: size and start',
    explanation:
      `From the start of the process to the handler being there, Node included: medians of ${ROUNDS} interleaved rounds, as ratios to a function that does nothing ` +
      `(${base.wall.toFixed(0)} ms, ${base.cpu.toFixed(0)} ms of processor). The gate of each is its bytes.`,
    rows: measured.map(({ feature, size, clients, budget, wall, wallRatio, cpuRatio }) => ({
      function: feature,
      bytes: size,
      'at most': budget,
      ms: wall.toFixed(0),
      'times empty': wallRatio.toFixed(2),
      'processor, times empty': cpuRatio.toFixed(2),
      clients: clients.map((client) => client.replace('client-', '')).join(', '),
    })),
    passed: measured.flatMap(({ feature, size, budget }) =>
      size > budget ? [`${feature} has ${size} bytes, more than ${budget}.`] : [],
    ),
  };
};
