import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

import { newsIn } from '../../shared/domain/news.ts';
import { PRICE_TABLE } from '../../shared/domain/price-table.ts';
import { tableOf } from '../../shared/domain/prices.ts';

/** A function runs in one Region and has no use for the prices of the others. */
export const pricesOf = (region: string): Plugin => ({
  name: 'prices-of-one-region',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]shared[\\/]data[\\/]prices\.json$/ }, () => ({
      loader: 'json',
      contents: JSON.stringify(tableOf(PRICE_TABLE, region)),
    }));
  },
});

/** A function has the news inside, parsed, and no file to read. */
export const newsInside = (repository: string): Plugin => ({
  name: 'news-inside',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]functions[\\/]portal[\\/]news-file\.ts$/ }, async () => ({
      loader: 'js',
      contents: `export const NEWS = ${JSON.stringify(newsIn(await readFile(join(repository, 'NEWS.md'), 'utf8')))};`,
    }));
  },
});

export const API_DESCRIPTION_SOURCE = 'functions/portal/api-description.ts';

const API_DESCRIPTION = 'api-description.json';

/** Made of every schema of the API, big and rarely asked for: a file beside the bundle, read when somebody asks. */
export const apiDescriptionBeside: Plugin = {
  name: 'api-description-beside',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]functions[\\/]portal[\\/]api-description\.ts$/ }, () => ({
      loader: 'js',
      contents:
        "import { readFileSync } from 'node:fs';" +
        `export const apiDescription = () => JSON.parse(readFileSync(new URL('${API_DESCRIPTION}', import.meta.url), 'utf8'));`,
    }));
  },
};

export const writeApiDescription = async (directory: string): Promise<void> => {
  const [{ routes }, { openApiPaths }] = await Promise.all([
    import('../../shared/contract/api.ts'),
    import('../../shared/contract/open-api-paths.ts'),
  ]);
  await writeFile(join(directory, API_DESCRIPTION), JSON.stringify(openApiPaths(routes)));
};
