import { parquetWriteBuffer } from 'hyparquet-writer';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RunFile } from '../../shared/contract/routes/runs.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, job, progress, run } from './examples.ts';
import { expectAccessible } from './expectations.ts';

const file = (name: string, size = 1000): RunFile => ({
  key: `hostile/runs/r1/${name}`,
  name,
  s3Uri: `s3://atmo-prod-results/hostile/runs/r1/${name}`,
  size,
  lastModified: '2026-11-23T21:00:00.000Z',
  etag: '"1"',
  url: `/files/${encodeURIComponent(name)}`,
});

const CONTENTS: Readonly<Record<string, Buffer>> = {
  'notebook.ipynb': Buffer.from(notebookText('failed-before.ipynb')),
  'counts.csv': Buffer.from(`city,visits\n${'Berlin,1\n'.repeat(50_000)}`),
  'run.log': gzipSync(
    `${'x'.repeat(1000)}\n`.repeat(10_000) +
      '[Stage 0:> (0 + 1) / 2]\r[Stage 0:> (2 + 0) / 2]\n\u001b[31mthe end\u001b[0m\n' +
      'INFO ShutdownHookManager: Shutdown hook called\n'.repeat(3),
  ),
  'totals.parquet': Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'city', data: Array.from({ length: 250 }, (_, at) => `city ${at}`) },
        { name: 'visits', data: Array.from({ length: 250 }, () => 9_007_199_254_740_993n) },
      ],
    }),
  ),
};

/** The whole list of a run's results, a hundred in an answer. */
const FILES = [
  ...['notebook.ipynb', 'outcome.json', 'run.log', 'counts.csv', 'totals.parquet', 'broken.parquet'].map((name) =>
    file(name),
  ),
  ...Array.from({ length: 246 }, (_, at) => file(`parts/part-${String(at).padStart(5, '0')}.parquet`)),
];

describe('the files of a run', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(job));
    await answerInstead(page, 'getRun', answers<'getRun'>(run));
    await answerInstead(page, 'listLogs', answers<'listLogs'>({ items: [], cursor: null }));
    await answerInstead(page, 'listResults', (intercepted) => {
      const query = new URL(intercepted.request().url()).searchParams;
      const from = Number(query.get('cursor') ?? 0);
      const to = from + Number(query.get('limit'));
      return intercepted.fulfill({
        json: { items: FILES.slice(from, to), cursor: to < FILES.length ? String(to) : null },
      });
    });
    await page.route(/\/files\//, (intercepted) => {
      const name = decodeURIComponent(intercepted.request().url().split('/').at(-1) ?? '');
      return intercepted.fulfill({ body: CONTENTS[name] ?? Buffer.from('{}') });
    });
    await answerInstead(page, 'listRuns', answers<'listRuns'>({ items: [run], cursor: null }));
    await answerInstead(page, 'getProgress', answers<'getProgress'>(progress));
    await page.goto(`${pages.url}/spark-jobs/hostile/runs/r1?tab=files`);
    await page.getByRole('link', { name: 'counts.csv' }).waitFor();
  });

  it('are all within reach, the person’s own first and the run’s behind them', async () => {
    const files = page.locator('.atmo-files > li:visible');
    expect(await files.count()).toBe(97);
    await page.getByRole('button', { name: 'Show more results' }).click();
    await page.getByRole('link', { name: 'part-00193' }).waitFor();
    await page.getByRole('button', { name: 'Show more results' }).click();
    await page.getByRole('link', { name: 'part-00245' }).waitFor();
    expect(await files.count()).toBe(FILES.length - 3);
    await page.getByRole('button', { name: 'Files of the run itself' }).click();
    await page.getByRole('link', { name: 'notebook.ipynb' }).waitFor();
    await expectAccessible(page);
  });

  it('have an address for programs, ready to copy', async () => {
    await page.getByRole('button', { name: 'Copy the S3 address of counts.csv' }).click();
    await page.getByText('Copied s3://atmo-prod-results/hostile/runs/r1/counts.csv').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      's3://atmo-prod-results/hostile/runs/r1/counts.csv',
    );
  });

  it('are shown in place: the first rows of CSV and Parquet as a table', async () => {
    // A worker goes by the policy that its own script is sent with, which is that of all pages.
    await page.route(/table-worker/, async (intercepted) => {
      const response = await intercepted.fetch();
      const headers = { ...response.headers(), 'content-security-policy': "default-src 'none'; script-src 'self'" };
      await intercepted.fulfill({ response, headers });
    });
    await page.getByRole('button', { name: 'Show counts.csv' }).click();
    const csv = page.getByRole('region', { name: 'counts.csv' });
    await csv.getByRole('columnheader', { name: 'city' }).waitFor();
    expect(await csv.getByRole('row').count()).toBe(101);
    await page.getByText('The first 100 rows, 2 columns.').waitFor();
    await page.getByRole('button', { name: 'Show totals.parquet' }).click();
    const parquet = page.getByRole('region', { name: 'totals.parquet' });
    await parquet.getByRole('cell', { name: '9007199254740993' }).first().waitFor();
    await page.getByText('The first 100 of 250 rows, 2 columns.').waitFor();
    await page.getByRole('button', { name: 'Show broken.parquet' }).click();
    await page.getByText('This file cannot be read as a table.').waitFor();
    await expectAccessible(page);
  });

  it('have the log in a tab: its end with colours, the shutdown folded, lines to link to', async () => {
    await page.getByRole('tab', { name: 'Log' }).click();
    const log = page.getByRole('region', { name: 'Log' });
    await page.getByText('The last 200,000 of').waitFor();
    await log.getByText('[Stage 0:> (2 + 0) / 2]').waitFor();
    await log.getByText('the end').waitFor();
    expect(await log.getByText('ShutdownHookManager').first().isVisible()).toBe(false);
    await log.getByText('3 lines of Spark’s shutdown').click();
    expect(await log.getByText('ShutdownHookManager').first().isVisible()).toBe(true);
    await log.getByText('3 lines of Spark’s shutdown').click();
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('shutdown hook');
    await log.getByText('ShutdownHookManager').first().waitFor();
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('the END');
    await page.getByText('1 of 1').waitFor();
    await log.getByRole('link', { name: 'Line 5', exact: true }).click();
    expect(new URL(page.url()).hash).toBe('#line-5');
    await expectAccessible(page);
  });

  it('have EMR’s logs open where the run ended before it had one of its own', async () => {
    await answerInstead(page, 'listResults', answers<'listResults'>({ items: [file('outcome.json')], cursor: null }));
    await answerInstead(page, 'listLogs', answers<'listLogs'>({ items: [file('stderr.gz')], cursor: null }));
    await page.goto(`${pages.url}/spark-jobs/hostile/runs/r1?tab=log`);
    await page.getByText('The run ended before its notebook began.').waitFor();
    await page.getByRole('link', { name: 'stderr.gz' }).waitFor();
  });
});
