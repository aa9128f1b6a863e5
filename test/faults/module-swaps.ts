import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Mechanism } from './mechanisms.ts';

const ROOT = new URL('../../', import.meta.url).href;
const HERE = new URL('./', import.meta.url).href;

/** They compute and call nobody. */
const REAL_ADAPTERS: ReadonlySet<string> = new Set(['absent-engine', 'cluster-pricing', 'run-pricing']);

/** Modules with a stand-in: what is random, what is logged, who signs in, what is set. */
const STAND_INS: Readonly<Record<string, string>> = {
  'functions/runtime/clock.ts': "export { systemClock } from 'HEREstand-ins.ts';",
  'functions/runtime/environment.ts': "export { readEnvironment } from 'HEREstand-ins.ts';",
  'functions/runtime/logger.ts': "export { logger } from 'HEREstand-ins.ts';",
  'functions/runtime/metrics.ts': "export { metrics } from 'HEREstand-ins.ts';",
  'functions/runtime/tokens.ts': "export { newId, newRunToken, newSecret, random } from 'HEREstand-ins.ts';",
  'functions/sign-in/authenticate.ts': "export { authenticateBy } from 'HEREstand-ins.ts';",
};

const exportsOf = (source: string): string[] =>
  [...source.matchAll(/^export (?:const|class|function) (\w+)/gm)].map(([, name]) => name as string);

/** Adapters are made by the simulation, whatever they are given. Their settings are all there are: the wiring reads some itself. */
const adapterSource = (source: string): string =>
  [
    `import { adapter } from '${HERE}adapter-table.ts';`,
    `import { ENVIRONMENT } from '${ROOT}shared/contract/environment.ts';`,
    ...exportsOf(source).map((name) =>
      name.endsWith('_SETTINGS')
        ? `export const ${name} = Object.keys(ENVIRONMENT);`
        : `export const ${name} = () => adapter('${name}');`,
    ),
  ].join('\n');

/** The wiring as a function, so that each cold start has a state of its own. */
const bootable = (source: string): string => {
  const imports = [...source.matchAll(/^import [^;]*;$/gms)];
  const last = imports.at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  const body = source.slice(end).replace('export const handler = ', 'return ');
  return `${source.slice(0, end)}\nexport const boot = () => {${body}};`;
};

const textOf = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

/** The module without the mechanism; its other exports are its own. */
const without = (mechanism: Mechanism, url: string): string => {
  if ('exports' in mechanism) return `export * from '${url}?original';\n${mechanism.exports}`;
  const source = textOf(url);
  const [text, instead] = mechanism.edit;
  if (source.split(text).length !== 2)
    throw new Error(`${mechanism.file} has no single '${text}' any more. Name the mechanism anew in mechanisms.ts.`);
  return source.replace(text, () => instead);
};

const sourceFor = (url: string, mechanism: Mechanism | undefined): string | null => {
  if (!url.startsWith(ROOT) || url.endsWith('?original')) return null;
  const file = url.slice(ROOT.length);
  if (file === mechanism?.file) return without(mechanism, url);
  const standIn = STAND_INS[file];
  if (standIn !== undefined) return standIn.replace('HERE', HERE);
  const name = /^functions\/adapters\/(.*)\.ts$/.exec(file)?.[1];
  if (name !== undefined && !REAL_ADAPTERS.has(name)) return adapterSource(textOf(url));
  return /^functions\/.*\.lambda\.ts$/.test(file) ? bootable(textOf(url)) : null;
};

/**
 * Has the functions' wiring meet the simulation's ports: from here on, no module of an adapter is loaded.
 * @param mechanism one that the product is to do without
 * @returns the files that have been swapped so far
 */
export const swapModules = (mechanism?: Mechanism): ReadonlySet<string> => {
  const swapped = new Set<string>();
  registerHooks({
    load(url, context, nextLoad) {
      const source = sourceFor(url, mechanism);
      if (source === null) return nextLoad(url, context);
      swapped.add(url.slice(ROOT.length));
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
  return swapped;
};
