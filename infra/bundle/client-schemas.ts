import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Keys computed from constants, `{ [_h]: … }`, which a bundler must take for code with effects. */
const withPlainKeys = (source: string): string => {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  return source.replaceAll(/\[(_\w+)\]:/g, (key, name: string) => `${constants.get(name) ?? key.slice(0, -1)}:`);
};

/**
 * The classes of a service's errors. Without them the SDK throws its base error of the service with the same name, message and
 * metadata, by which the adapters tell errors apart.
 */
const withoutErrorClasses = (source: string): string =>
  source.replaceAll(/^n0_registry\.registerError\(\w+\$, \w+\);$/gm, '');

/** The SDK describes all operations of a service in one file: the bundle has what its commands use, and no classes of errors. */
export const clientSchemas: Plugin = {
  name: 'client-schemas',
  setup(bundler) {
    bundler.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/].*schemas_0\.js$/ }, async ({ path }) => ({
      loader: 'js',
      contents: withoutErrorClasses(withPlainKeys(await readFile(path, 'utf8'))),
    }));
    // Each client names its version to AWS, for which it takes in the whole description of its package.
    bundler.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const [version = ''] = /"version": "[^"]*"/.exec(await readFile(path, 'utf8')) ?? [];
      return { loader: 'json', contents: `{${version}}` };
    });
  },
};
