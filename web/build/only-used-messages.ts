import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const COMPONENTS = dirname(fileURLToPath(import.meta.resolve('@cloudscape-design/components/package.json')));

const matches = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found);

/** Files of Cloudscape that our pages import. */
const imported = (): readonly string[] =>
  globSync('{app,components,features,lib}/**/*.{ts,tsx}', { cwd: WEB })
    .flatMap((file) => matches(readFileSync(join(WEB, file), 'utf8'), /'@cloudscape-design\/components\/([\w-]+)'/g))
    .map((name) => join(COMPONENTS, name, 'index.js'));

/** A script, which Cloudscape imports without its ending; undefined for a style. */
const resolved = (path: string): string | undefined =>
  [path, `${path}.js`, join(path, 'index.js')].find((candidate) => candidate.endsWith('.js') && existsSync(candidate));

/** The names under which those components, and the ones within them, ask for their messages. */
export const usedNames = (): ReadonlySet<string> => {
  const names = new Set<string>();
  const files = new Set(imported());
  // A set that grows while it is gone through is gone through to its last element.
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const name of matches(text, /useInternalI18n\(['"]([^'"]+)['"]\)/g)) names.add(name);
    for (const path of matches(text, /(?:from|import)\s*\(?['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const found = resolved(join(dirname(file), path));
      if (found !== undefined) files.add(found);
    }
  }
  return names;
};

/** Messages of a component, by their key. */
type Messages = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Cloudscape's messages come for all of its components: 6 kB of every page over the wire for those that no page shows. */
export const onlyUsedMessages = (): Plugin => ({
  name: 'atmo:only-used-messages',
  transform: {
    filter: { id: /@cloudscape-design\/components\/i18n\/messages\/all\.en\.js/ },
    handler: (code) => {
      const messages = JSON.parse(code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)) as Messages;
      const names = usedNames();
      const used = Object.entries(messages).map(([library, languages]) => [
        library,
        Object.fromEntries(
          Object.entries(languages).map(([language, components]) => [
            language,
            Object.fromEntries(Object.entries(components).filter(([name]) => names.has(name))),
          ]),
        ),
      ]);
      return `export default ${JSON.stringify(Object.fromEntries(used))};`;
    },
  },
});
