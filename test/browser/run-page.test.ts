import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { SPARK_FACTS } from '../fakes/spark-facts.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, EMPTY, job, progress, run } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const failed = {
  ...run,
  id: 'r2',
  number: 2,
  outcome: 'failed',
  parameters: { days: 7 },
  reason: { code: 'STEP_FAILURE', message: 'Cell 2 failed.' },
} as const;

const failure: RouteOutput<Routes['getFailure']> = {
  cell: 2,
  source: 'assert answer == 4',
  errorName: 'AssertionError',
  errorValue: '',
  traceback: 'AssertionError: ',
  logTail: null,
  reason: failed.reason,
  advice: 'Look at the cell.',
  remedies: [
    { kind: 'size', value: 4 },
    { kind: 'timeout', value: 48 },
    { kind: 'notebook', value: null },
    { kind: 'parameters', value: { days: 1 } },
  ],
  spark: SPARK_FACTS,
  changes: [
    { what: 'notebook', before: [{ cell: 2, source: 'answer = 4' }], after: [{ cell: 2, source: 'answer = 3' }] },
    { what: 'parameters', before: { days: 1 }, after: { days: 7 } },
    { what: 'size', before: 2, after: 1 },
  ],
};

const mine = { ...job, isEnabled: true, permissions: ['view', 'run', 'manage'] } as const;

const file = {
  key: 'k',
  name: 'notebook.ipynb',
  s3Uri: 's3://b/k',
  size: 1000,
  lastModified: run.startedAt ?? '',
  url: '/files/notebook.ipynb',
};

describe('the page of a run', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>({ ...mine, permissions: [...mine.permissions] }));
    await answerInstead(page, 'getRun', answers<'getRun'>(failed));
    await answerInstead(page, 'getProgress', answers<'getProgress'>(progress));
    await answerInstead(page, 'getFailure', answers<'getFailure'>(failure));
    await answerInstead(page, 'listRuns', answers<'listRuns'>({ items: [failed, run], cursor: null }));
    await answerInstead(page, 'listResults', answers<'listResults'>({ items: [file], cursor: null }));
    await answerInstead(page, 'listLogs', answers<'listLogs'>(EMPTY));
    await page.route(/\/files\//, (intercepted) => intercepted.fulfill({ body: notebookText('failed-before.ipynb') }));
  });

  const open = () => page.goto(`${pages.url}/spark-jobs/hostile/runs/r2`);

  it('tells a failed run in one line, why it failed, and what changed since it last worked', async () => {
    await open();
    await page.getByText('took 15 min, usually 15 min').waitFor();
    await page.getByText('days = 7', { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: 'What Spark says' }).waitFor();
    await page.getByText('Spark lost 2 executors').waitFor();
    await page.getByRole('heading', { name: 'What changed since it last worked' }).waitFor();
    expect(await page.getByRole('group', { name: 'Changes of cell 2' }).textContent()).toBe(
      '- answer = 4\n+ answer = 3\n',
    );
    await page.getByRole('link', { name: 'Replace the notebook' }).waitFor();
    await page.getByLabel('Error', { exact: true }).last().getByText('AssertionError').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });

  it('mends it with a button: changes the whole job and runs it', async () => {
    const sent: unknown[] = [];
    await answerInstead(page, 'updateSparkJob', async (intercepted) => {
      sent.push(intercepted.request().postDataJSON());
      await intercepted.fulfill({ json: mine });
    });
    await answerInstead(page, 'runSparkJob', async (intercepted) => {
      sent.push('run');
      await intercepted.fulfill({ status: 202, json: run });
    });
    await open();
    await page.getByRole('button', { name: 'Run again with 4 workers' }).click();
    await page.getByRole('button', { name: 'Change and run' }).click();
    await page.waitForURL(/runs\/r1$/);
    expect(sent).toEqual([
      expect.objectContaining({ size: 4, description: job.description, schedule: { type: 'interval', hours: 168 } }),
      'run',
    ]);
  });

  it('runs again with the same parameters, and leads to the runs before and after', async () => {
    const sent: unknown[] = [];
    await answerInstead(page, 'runSparkJob', async (intercepted) => {
      sent.push(intercepted.request().postDataJSON());
      await intercepted.fulfill({ status: 202, json: run });
    });
    await open();
    await page.getByRole('link', { name: 'Previous run' }).waitFor();
    await page.getByRole('button', { name: 'Run again', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).click();
    await eventually(async () => sent).toEqual([{ parameters: [{ name: 'days', value: 7 }] }]);
  });

  it('shows how far a run is, and its notebook as it grows', async () => {
    const running = {
      ...failed,
      outcome: null,
      phase: 'running',
      status: 'RUNNING',
      finishedAt: null,
      reason: null,
    } as const;
    await answerInstead(page, 'getRun', answers<'getRun'>(running));
    await answerInstead(
      page,
      'getProgress',
      answers<'getProgress'>({
        stage: 'notebook',
        cell: 2,
        cells: 3,
        since: running.readyAt,
        usual: 900,
        stages: [
          { stage: 'waiting', since: running.scheduledAt, usual: 300 },
          { stage: 'starting', since: running.startedAt, usual: 240 },
          { stage: 'notebook', since: running.readyAt, usual: 660 },
          { stage: 'upload', since: null, usual: null },
          { stage: 'ended', since: null, usual: null },
        ],
      }),
    );
    await open();
    const stages = page.getByRole('list', { name: 'Stages of the run' });
    await stages.getByText('Notebook, cell 2 of 3').waitFor();
    expect(await stages.getByRole('listitem').first().textContent()).toBe('Waiting5 min usually 5 min');
    await page.getByText('This cell is running.').waitFor();
    await expectAccessible(page);
  });
});
