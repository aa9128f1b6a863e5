import type { Plugin } from 'vite';

import { cloudscapeTexts, matches } from './cloudscape-files.ts';

/** The names under which our pages' components, and the ones within them, ask for their messages. */
export const usedNames = (): ReadonlySet<string> =>
  new Set([...cloudscapeTexts().values()].flatMap((text) => matches(text, /useInternalI18n\(['"]([^'"]+)['"]\)/g)));

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
