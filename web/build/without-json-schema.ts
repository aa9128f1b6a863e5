import type { Plugin } from 'vite';

const EXPORT = /^export (?:function|const) (\w+)/gm;

/**
 * Every Zod schema refers to the JSON Schema generator, so no bundler can drop it: 8 kB of each form over the
 * wire. The API writes its own description; pages only validate.
 */
export const withoutJsonSchema = (): Plugin => ({
  name: 'atmo:without-json-schema',
  enforce: 'pre',
  transform: {
    filter: { id: /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js/ },
    handler: (code) => {
      const names = Array.from(code.matchAll(EXPORT), ([, name = '']) => name);
      return [
        'const unavailable = () => { throw new Error("The JSON Schema generator is not part of the pages."); };',
        ...names.map((name) => `export const ${name} = unavailable;`),
        ...(names.includes('processSchema') ? ['export { processSchema as process };'] : []),
      ].join('\n');
    },
  },
});
