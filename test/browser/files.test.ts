import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { RunFile } from '../../shared/contract/routes/runs.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { launchBrowser, openPage } from './browser.ts';
import { answerInstead, answers, serveBuiltPages } from './built-pages.ts';
import { alice, job, run } from './examples.ts';
import { expectAccessible } from './expectations.ts';

const file = (name: string, size = 1000): RunFile => ({
  key: `hostile/runs/r1/${name}`,
  name,
  s3Uri: `s3://atmo-prod-results/hostile/runs/r1/${name}`,
  size,
  lastModified: '2026-11-23T21:00:00.000Z',
  url: `/files/${encodeURIComponent(name)}`,
});

const CONTENTS: Readonly<Record<string, Buffer>> = {
  'notebook.ipynb': Buffer.from(notebookText('failed-before.ipynb')),
  'counts.csv': Buffer.from(`city,visits\n${'Berlin,1\n'.repeat(50_000)}`),
  'run.log': gzipSync(
    `${'x'.repeat(1000)}\n`.repeat(10_000) +
      '[Stage 0:> (0 + 1) / 2]\r[Stage 0:> (2 + 0) / 2]\n\u001b[31mthe end\u001b[0m',
  ),
};

/** The whole list of a run's results, a hundred in an answer. */
const FILES = [
  ...['notebook.ipynb', 'outcome.json', 'run.log', 'counts.csv'].map((name) => file(name)),
  ...Array.from({ length: 246 }, (_, at) => file(`parts/part-${String(at).padStart(5, '0')}.parquet`)),
];

describe('the files of a run', () => {
  let pages: Awaited<ReturnType<typeof serveBuiltPages>>;
  let browser: Browser;
  let page: Page;
  let faults: readonly string[];

  beforeAll(async () => {
    vi.stubEnv('NODE_ENV', 'production');
    [pages, browser] = await Promise.all([serveBuiltPages(), launchBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await pages?.stop();
    vi.unstubAllEnvs();
  });
  beforeEach(async () => {
    ({ page, faults } = await openPage(browser));
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
    await page.goto(`${pages.url}/spark-jobs/hostile/runs/r1`);
    await page.getByRole('link', { name: 'notebook.ipynb' }).waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  it('are all within reach, those that are wanted most first', async () => {
    // Breadcrumbs are a list of links too.
    const files = page.locator('li:not(nav li)').filter({ has: page.getByRole('link') });
    expect(await files.count()).toBe(100);
    await page.getByRole('button', { name: 'Show more results' }).click();
    await page.getByRole('link', { name: 'part-00195' }).waitFor();
    await page.getByRole('button', { name: 'Show more results' }).click();
    await page.getByRole('link', { name: 'part-00245' }).waitFor();
    expect(await files.count()).toBe(FILES.length);
    expect(await page.getByRole('button', { name: 'Show more results' }).count()).toBe(0);
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

  it('are shown in place: a notebook, the beginning of a table, the end of a log without terminal codes', async () => {
    await page.getByRole('button', { name: 'Show notebook.ipynb' }).click();
    await page.getByLabel('Error', { exact: true }).getByText('AssertionError').waitFor();
    await page.getByRole('button', { name: 'Show counts.csv' }).click();
    await page.getByText('The first 200,000 characters.').waitFor();
    expect(await page.getByLabel('counts.csv', { exact: true }).textContent()).toMatch(/^city,visits\n/);
    await page.getByRole('button', { name: 'Show run.log' }).click();
    await page.getByText('The last 200,000 of 10,010,').waitFor();
    expect(await page.getByLabel('run.log', { exact: true }).textContent()).toMatch(
      /x\n\[Stage 0:> \(2 \+ 0\) \/ 2\]\nthe end$/,
    );
    await expectAccessible(page);
  });
});
