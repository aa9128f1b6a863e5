import { execFileSync } from 'node:child_process';

import { median } from './median.ts';

export interface Start {
  /** Milliseconds from the start of the process until its handler is there. */
  readonly wall: number;
  /** Milliseconds of processor time until then, of all its threads. */
  readonly cpu: number;
}

export interface StartedFunction {
  readonly name: string;
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
}

const REGION = 'us-east-1';

const ENVIRONMENT = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' };

/** A process of its own, as Lambda's cold start: Node, then the bundle with the settings of the template. */
const start = ({ file, settings }: StartedFunction): Start => {
  const script =
    `const { handler } = await import(${JSON.stringify(file)});` +
    "if (typeof handler !== 'function') throw new Error('There is no handler.');" +
    'const wall = performance.now(), { user, system } = process.cpuUsage();' +
    'console.log(JSON.stringify({ wall, cpu: (user + system) / 1000 }));' +
    'process.exit(0);';
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'], ...settings, ...ENVIRONMENT },
    encoding: 'utf8',
  });
  return JSON.parse(answer) as Start;
};

const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
  items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);

/** Medians over rounds in each of which every function starts once, in another order: what slows the machine slows them all. */
export const medianStarts = (functions: readonly StartedFunction[], rounds: number): ReadonlyMap<string, Start> => {
  const starts = new Map<string, Start[]>(functions.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const started of shuffled(functions)) starts.get(started.name)?.push(start(started));
  }
  return new Map(
    [...starts].map(([name, all]) => [
      name,
      { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) },
    ]),
  );
};
