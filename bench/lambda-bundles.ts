import { build } from 'esbuild';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

import { LAMBDA_BUNDLING } from '../infra/constructs/portal-function.ts';

export interface LambdaBundle {
  readonly feature: string;
  readonly file: string;
  /** Bytes, minified. */
  readonly size: number;
  /** Names of the AWS SDK clients inside, as `client-emr`. */
  readonly clients: readonly string[];
}

/** Bundles every Lambda with the settings of the deployment. */
export const bundleLambdas = async (directory: string): Promise<readonly LambdaBundle[]> => {
  const { target, mainFields, externalModules, banner } = LAMBDA_BUNDLING;
  const entries = globSync('functions/*/*.lambda.ts').toSorted();
  return Promise.all(
    entries.map(async (entry) => {
      const feature = basename(entry, '.lambda.ts');
      const file = join(directory, feature, 'index.mjs');
      const { metafile } = await build({
        entryPoints: [entry],
        outfile: file,
        bundle: true,
        minify: true,
        metafile: true,
        platform: 'node',
        format: 'esm',
        logLevel: 'error',
        ...(target === undefined ? {} : { target }),
        ...(mainFields === undefined ? {} : { mainFields }),
        ...(externalModules === undefined ? {} : { external: externalModules }),
        ...(banner === undefined ? {} : { banner: { js: banner } }),
      });
      const [output] = Object.values(metafile.outputs);
      const packages = Object.keys(output?.inputs ?? {}).map((input) => /@aws-sdk\/(client-[^/]+)/.exec(input)?.[1]);
      return {
        feature,
        file,
        size: output?.bytes ?? 0,
        clients: [...new Set(packages)].filter((name) => name !== undefined).toSorted(),
      };
    }),
  );
};
