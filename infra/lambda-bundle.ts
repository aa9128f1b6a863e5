import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

import { newsIn } from '../shared/domain/news.ts';
import { PRICE_TABLE } from '../shared/domain/price-table.ts';
import { tableOf } from '../shared/domain/prices.ts';

export interface LambdaBundle {
  readonly feature: string;
  readonly file: string;
  /** Bytes, minified. */
  readonly size: number;
  /** Names of the AWS SDK clients inside, as `client-emr`. */
  readonly clients: readonly string[];
}

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** Sources of credentials that a Lambda never asks: its own come from the environment. A third of an SDK bundle. */
const UNUSED_CREDENTIAL_PROVIDERS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/**
 * The SDK describes every operation of a service in one file of literals whose keys are computed from constants (`{ [_h]: … }`).
 * A bundler must take those for code with effects and keeps them all; written out, it leaves out what no command uses.
 */
const unusedOperationsLeftOut: Plugin = {
  name: 'unused-operations-left-out',
  setup(bundler) {
    bundler.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/].*schemas_0\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const constants = new Map(
        [...source.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name = '', value = '']) => [name, value]),
      );
      return {
        loader: 'js',
        contents: source.replaceAll(
          /\[(_\w+)\]:/g,
          (key, name: string) => `${constants.get(name) ?? key.slice(0, -1)}:`,
        ),
      };
    });
  },
};

/** Hashes in JavaScript, for a Node without its crypto module, which Lambda's has: never constructed there. */
const fallbackHashesLeftOut: Plugin = {
  name: 'fallback-hashes-left-out',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]Sha\d+Js\.js$/ }, ({ path }) => ({
      loader: 'js',
      contents: `export class ${basename(path, '.js')} {}`,
    }));
  },
};

/** Each client names its version to AWS, for which it takes in the whole description of its package. */
const versionsOfClientsAlone: Plugin = {
  name: 'versions-of-clients-alone',
  setup(bundler) {
    bundler.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const [version = ''] = /"version": "[^"]*"/.exec(await readFile(path, 'utf8')) ?? [];
      return { loader: 'json', contents: `{${version}}` };
    });
  },
};

/** Streams of events: no operation that the portal calls has one, but S3's client is made with what reads them. */
const eventStreamsLeftOut: Plugin = {
  name: 'event-streams-left-out',
  setup(bundler) {
    bundler.onLoad({ filter: /@smithy[\\/]core[\\/].*[\\/]event-streams[\\/]index\.js$/ }, () => ({
      loader: 'js',
      contents:
        'export const resolveEventStreamSerdeConfig = (config) => config;' +
        'export const eventStreamSerdeProvider = () => ({});' +
        'export class EventStreamSerde {}',
    }));
  },
};

/** How zod tells a schema as JSON Schema: the description of the API alone is made of it. */
const jsonSchemasLeftOut: Plugin = {
  name: 'json-schemas-left-out',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/ }, () => ({
      loader: 'js',
      contents: 'export const allProcessors = {}, toJSONSchema = undefined;',
    }));
  },
};

/** The function that describes the API. */
const DESCRIBING_FEATURE = 'portal';

/** A function runs in one Region and has no use for the prices of the others. */
const pricesOf = (region: string): Plugin => ({
  name: 'prices-of-one-region',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]shared[\\/]data[\\/]prices\.json$/ }, () => ({
      loader: 'json',
      contents: JSON.stringify(tableOf(PRICE_TABLE, region)),
    }));
  },
});

/** A function has the news inside, parsed, and no file to read. */
const newsInside: Plugin = {
  name: 'news-inside',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]functions[\\/]portal[\\/]news-file\.ts$/ }, async () => ({
      loader: 'js',
      contents: `export const NEWS = ${JSON.stringify(newsIn(await readFile(join(REPOSITORY, 'NEWS.md'), 'utf8')))};`,
    }));
  },
};

/** Bundles `functions/<feature>/<feature>.lambda.ts` as `index.mjs` with its source map: what is deployed to a Region. */
export const bundleLambda = async (feature: string, directory: string, region: string): Promise<LambdaBundle> => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [`functions/${feature}/${feature}.lambda.ts`],
    // A source map names the sources as seen from its own place: one place for all, so that an asset is the same on each machine.
    outfile: 'dist/index.mjs',
    write: false,
    preserveSymlinks: true,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    sourcesContent: false,
    external: UNUSED_CREDENTIAL_PROVIDERS,
    // Dependencies in CommonJS call `require` for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [
      unusedOperationsLeftOut,
      fallbackHashesLeftOut,
      versionsOfClientsAlone,
      eventStreamsLeftOut,
      ...(feature === DESCRIBING_FEATURE ? [] : [jsonSchemasLeftOut]),
      pricesOf(region),
      newsInside,
    ],
    logLevel: 'error',
  });
  await mkdir(directory, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(join(directory, basename(path)), contents)));
  const bundle = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs'))?.[1];
  const clients = Object.keys(bundle?.inputs ?? {}).flatMap((path) => /@aws-sdk\/(client-[^/]+)/.exec(path)?.[1] ?? []);
  return {
    feature,
    file: join(directory, 'index.mjs'),
    size: bundle?.bytes ?? 0,
    clients: [...new Set(clients)].toSorted(),
  };
};
