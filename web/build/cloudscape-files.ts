import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const COMPONENTS = dirname(fileURLToPath(import.meta.resolve('@cloudscape-design/components/package.json')));

/** What a pattern's first group matches in a text. */
export const matches = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found);

/** The text of every file of our pages. */
export const pageTexts = (): readonly string[] =>
  globSync('{app,components,features,lib}/**/*.{ts,tsx}', { cwd: WEB }).map((file) =>
    readFileSync(join(WEB, file), 'utf8'),
  );

/** A script, which Cloudscape imports without its ending; undefined for a style. */
const resolved = (path: string): string | undefined =>
  [path, `${path}.js`, join(path, 'index.js')].find((candidate) => candidate.endsWith('.js') && existsSync(candidate));

/** The text of every file of Cloudscape that our pages import, and of those within them, by its path. */
export const cloudscapeTexts = (): ReadonlyMap<string, string> => {
  const imported = pageTexts().flatMap((text) => matches(text, /'@cloudscape-design\/components\/([\w-]+)'/g));
  const files = new Set(imported.map((name) => join(COMPONENTS, name, 'index.js')));
  const texts = new Map<string, string>();
  // A set that grows while it is gone through is gone through to its last element.
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    for (const path of matches(text, /(?:from|import)\s*\(?['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const found = resolved(join(dirname(file), path));
      if (found !== undefined) files.add(found);
    }
  }
  return texts;
};
