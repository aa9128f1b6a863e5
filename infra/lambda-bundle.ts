import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { clientSchemas } from './bundle/client-schemas.ts';
import { endpointsOfOneRegion } from './bundle/endpoints-of-one-region.ts';
import {
  API_DESCRIPTION_SOURCE,
  apiDescriptionBeside,
  newsInside,
  pricesOf,
  writeApiDescription,
} from './bundle/own-parts.ts';
import { replacedModules } from './bundle/replaced-modules.ts';

export interface LambdaBundle {
  readonly feature: string;
  readonly file: string;
  /** Bytes, minified. */
  readonly size: number;
  /** Names of the AWS SDK clients inside, as `client-emr`. */
  readonly clients: readonly string[];
}

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** What a function has, from its entry point on, of our code and of the libraries: in memory, for one Region. */
export const bundled = (entryPoint: string, region: string) =>
  build({
    absWorkingDir: REPOSITORY,
    stdin: {
      contents: `import './functions/runtime/stack-traces.ts'; export * from './${entryPoint}';`,
      resolveDir: REPOSITORY,
    },
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
    // Dependencies in CommonJS call `require` for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [
      clientSchemas,
      endpointsOfOneRegion(region),
      replacedModules,
      pricesOf(region),
      newsInside(REPOSITORY),
      apiDescriptionBeside,
    ],
    logLevel: 'error',
  });

/** Bundles `functions/<feature>/<feature>.lambda.ts` as `index.mjs` with its source map: what is deployed to a Region. */
export const bundleLambda = async (feature: string, directory: string, region: string): Promise<LambdaBundle> => {
  const { metafile, outputFiles } = await bundled(`functions/${feature}/${feature}.lambda.ts`, region);
  await mkdir(directory, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(join(directory, basename(path)), contents)));
  if (Object.keys(metafile.inputs).includes(API_DESCRIPTION_SOURCE)) await writeApiDescription(directory);
  const bundle = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.mjs'))?.[1];
  const clients = Object.keys(bundle?.inputs ?? {}).flatMap((path) => /@aws-sdk\/(client-[^/]+)/.exec(path)?.[1] ?? []);
  return {
    feature,
    file: join(directory, 'index.mjs'),
    size: bundle?.bytes ?? 0,
    clients: [...new Set(clients)].toSorted(),
  };
};
