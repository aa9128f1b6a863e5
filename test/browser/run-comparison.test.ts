import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RunFile } from '../../shared/contract/routes/runs.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { MAX_COMPARED_CELLS } from '../../web/lib/viewer-bounds.ts';
import { answers, answerInstead, onBuiltPages } from './built-pages.ts';
import { alice, EMPTY, job, run } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const worked: RunView = { ...run, id: 'r1', number: 1, parameters: { days: 1, city: 'Oslo' } };
const failed: RunView = {
  ...run,
  id: 'r2',
  number: 2,
  outcome: 'failed',
  size: 4,
  finishedAt: '2026-11-23T21:26:40.000Z',
  parameters: { days: 7 },
  reason: { code: 'STEP_FAILURE', message: 'Cell 2 failed.' },
  cost: { ...run.cost, soFar: 0.3 },
};
const third: RunView = { ...run, id: 'r3', number: 3 };

const code = (source: string, at: number, printed?: string) => ({
  cell_type: 'code',
  source,
  execution_count: at,
  outputs: printed === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: printed }],
});

const notebook = (cells: readonly object[]): string => JSON.stringify({ nbformat: 4, metadata: {}, cells });

const NOTEBOOKS: Readonly<Record<string, string>> = {
  r1: notebook([
    code('days = 1', 1),
    code('visits = read(days)\nlen(visits)', 2, '12'),
    code('print("end")', 3, 'end'),
  ]),
  r2: notebook([
    code('days = 1', 1),
    code('visits = read(days, "all")\nlen(visits)', 2, '84'),
    code('print("end")', 3, 'end'),
    code('extra()', 4),
  ]),
};

const filesOf = (runId: string): { items: RunFile[]; cursor: null } => ({
  items: [
    {
      key: runId,
      name: 'notebook.ipynb',
      s3Uri: `s3://b/${runId}`,
      size: 1000,
      lastModified: '2026-11-23T21:20:00.000Z',
      etag: '"1"',
      url: `/files/${runId}/notebook.ipynb`,
    },
  ],
  cursor: null,
});

describe('two runs side by side', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>({ ...job, permissions: ['view', 'run'] }));
    await answerInstead(page, 'listRuns', answers<'listRuns'>({ items: [third, failed, worked], cursor: null }));
    await answerInstead(page, 'listOccurrences', (intercepted) =>
      intercepted.fulfill({ json: { items: [], upcoming: [], modifiedAt: run.modifiedAt } }),
    );
    await answerInstead(page, 'getProgress', (intercepted) => intercepted.fulfill({ status: 404, json: {} }));
    await answerInstead(page, 'listLogs', answers<'listLogs'>(EMPTY));
    for (const view of [worked, failed, third]) {
      await page.route(new RegExp(`/runs/${view.id}$`), (intercepted) =>
        intercepted.request().resourceType() === 'fetch' ? intercepted.fulfill({ json: view }) : intercepted.fallback(),
      );
      await page.route(new RegExp(`/runs/${view.id}/results`), (intercepted) =>
        intercepted.fulfill({ json: view === third ? EMPTY : filesOf(view.id) }),
      );
      await page.route(`**/files/${view.id}/notebook.ipynb`, (intercepted) =>
        intercepted.fulfill({ body: NOTEBOOKS[view.id] ?? '' }),
      );
    }
  });

  const compare = () => page.goto(`${pages.url}/spark-jobs/hostile/runs/r1/compare/r2`);

  it('have their facts, with what differs in words', async () => {
    await compare();
    await page.getByRole('heading', { name: 'Runs 1 and 2 of hostile' }).waitFor();
    const rows = await page.getByRole('table', { name: 'Facts of both runs' }).getByRole('row').allInnerTexts();
    for (const row of [
      'Outcome differs\tSucceeded\tFailed',
      'Took 6 min 40 s longer\t15 min\t21 min 40 s',
      'Cost $0.22 more\t$0.075\t$0.30',
      'Size differs\t1 worker\t4 workers',
      'Parameter days differs\t1\t7',
      'Parameter city differs\t"Oslo"\tnot given',
      'EMR release\t7.10.0\t7.10.0',
    ])
      expect(rows).toContain(row);
  });

  it('have the code and outputs of the cells that differ', async () => {
    await compare();
    const second = page.getByRole('article', { name: 'Cell 2' });
    await second.getByText('Code and outputs differ').waitFor();
    expect(await second.getByRole('group', { name: 'Code of Cell 2' }).textContent()).toBe(
      '- visits = read(days)\n+ visits = read(days, "all")\n  len(visits)\n',
    );
    await second.getByRole('region', { name: 'Outputs of run 1' }).getByText('12').waitFor();
    await second.getByRole('region', { name: 'Outputs of run 2' }).getByText('84').waitFor();
    await page.getByRole('article', { name: 'Cell 4 of run 2 alone' }).waitFor();
    await page.getByText('2 code cells differ, 2 do not.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });

  it('are the two that a person chose among the runs of the job, or the run shown and the last that worked', async () => {
    await page.goto(`${pages.url}/spark-jobs/hostile`);
    const button = page.getByRole('button', { name: 'Compare' });
    await page.getByRole('checkbox', { name: 'Choose run 2' }).check();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('checkbox', { name: 'Choose run 1' }).check();
    await button.click();
    await page.waitForURL(/runs\/r1\/compare\/r2$/);
    // The page before has a link of this name, too, and stays until this one is loaded.
    await page.getByRole('table', { name: 'Facts of both runs' }).getByRole('link', { name: 'Run 1' }).click();
    await page.waitForURL(/runs\/r1$/);
    await page.goto(`${pages.url}/spark-jobs/hostile/runs/r3`);
    await page.getByRole('link', { name: 'Compare with the last that worked' }).click();
    await page.waitForURL(/runs\/r1\/compare\/r3$/);
    await page.getByText('Run 3 has no executed notebook.').waitFor();
    await page.getByRole('button', { name: /^With/ }).click();
    await page.getByRole('option', { name: /Run 2/ }).click();
    await page.waitForURL(/runs\/r1\/compare\/r2$/);
    await page.getByRole('article', { name: 'Cell 2' }).waitFor();
  });

  it('are shown as far as a page can, and say so of notebooks that cannot be read', async () => {
    const many = (printed: string): string =>
      notebook(Array.from({ length: 2000 }, (_, at) => code(`x_${at} = 1`, at + 1, printed)));
    await page.route('**/files/r1/notebook.ipynb', (intercepted) => intercepted.fulfill({ body: many('1') }));
    await page.route('**/files/r2/notebook.ipynb', (intercepted) => intercepted.fulfill({ body: many('2') }));
    await compare();
    await page.getByText('1,900 more cells that differ are not shown.').waitFor();
    await eventually(() => page.getByRole('article').count()).toBe(MAX_COMPARED_CELLS);
    await page.route('**/files/r2/notebook.ipynb', (intercepted) => intercepted.fulfill({ body: '{"nbformat": 3}' }));
    await page.reload();
    await page.getByText('This notebook is damaged: it says nbformat 3').waitFor();
    await page.getByRole('table', { name: 'Facts of both runs' }).waitFor();
  });
});
