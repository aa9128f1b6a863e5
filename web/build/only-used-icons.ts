import type { Plugin } from 'vite';

import { cloudscapeTexts, matches, pageTexts } from './cloudscape-files.ts';

/** The file of all icons, and those that only list their names. */
const ICONS = /@cloudscape-design\/components\/icon\/generated\/icons\.js/;

const quoted = (text: string): readonly string[] => matches(text, /['"]([a-z][a-z-]*)['"]/g);

/** Every word in quotes in our pages and in the components they use: more than the names of icons, never fewer. */
export const quotedWords = (): ReadonlySet<string> =>
  new Set([
    ...pageTexts().flatMap(quoted),
    ...[...cloudscapeTexts()].flatMap(([file, text]) => (ICONS.test(file) ? [] : quoted(text))),
  ]);

/** One icon in the file: its name, and its element up to the next name or the end. */
const ICON = /^ {4}"([a-z-]+)": [\s\S]*?(?=^ {4}"[a-z-]+": |^\};)/gm;

/** Names of all icons in Cloudscape's file. */
export const iconNames = (code: string): readonly string[] => matches(code, ICON);

/** Cloudscape has an icon for everything: 6 kB of every page over the wire for those that no page shows. */
export const onlyUsedIcons = (): Plugin => ({
  name: 'atmo:only-used-icons',
  transform: {
    filter: { id: ICONS },
    handler: (code) => {
      const used = quotedWords();
      return code.replaceAll(ICON, (icon, name: string) => (used.has(name) ? icon : ''));
    },
  },
});
