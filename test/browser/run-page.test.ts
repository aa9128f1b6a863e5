import { setTimeout as delay } from 'node:timers/promises';

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteName, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { NOT_EXECUTED } from '../../shared/domain/run-reasons.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { SPARK_FACTS } from '../fakes/spark-facts.ts';
import { answerInstead, answers, onBuiltPages, refuses } from './built-pages.ts';
import { PHONE } from './browser.ts';
import { alice, EMPTY, job, progress, run } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { layoutShiftOf, MOST_SHIFT, watchLayoutShift } from './layout-shift.ts';

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
  etag: '"1"',
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

  const worked = { ...run, id: 'r2', number: 2, outcome: 'succeeded', reason: null } as const;
  const numbered = (number: number) => ({ ...worked, id: `r${number}`, number });

  it.each([
    ['failed', failed],
    ['worked', worked],
  ] as const)(
    'does not move on a phone while its parts come one after the other: a run that %s',
    async (_name, shown) => {
      const late = <Name extends RouteName>(name: Name, output: RouteOutput<Routes[Name]>, after: number) =>
        answerInstead(page, name, async (intercepted) => {
          await delay(after);
          await answers<Name>(output)(intercepted);
        });
      const runs = [numbered(4), numbered(3), shown, numbered(1)];
      await answerInstead(page, 'getRun', answers<'getRun'>(shown));
      await late('getFailure', failure, 300);
      await late('getSparkJob', { ...mine, permissions: [...mine.permissions] }, 600);
      await late('listRuns', { items: runs, cursor: null }, 900);
      await page.setViewportSize(PHONE);
      await watchLayoutShift(page);
      await open();
      if (shown.outcome === 'failed') await page.getByRole('link', { name: 'Replace the notebook' }).waitFor();
      await page.getByRole('link', { name: 'Latest run' }).waitFor();
      // A line that wraps late moves 0.02, buttons that come late 0.03.
      expect(await layoutShiftOf(page)).toBeLessThan(MOST_SHIFT / 5);
    },
  );

  it('does not show as a failure that a local stack could not execute the notebook', async () => {
    const reason = { code: NOT_EXECUTED, message: 'Spark is not installed.' };
    await answerInstead(page, 'getRun', answers<'getRun'>({ ...failed, reason }));
    await answerInstead(page, 'getFailure', answers<'getFailure'>({ ...failure, reason, errorName: null }));
    await open();
    const notice = page.locator('[class*="type-info"]').filter({ hasText: 'The notebook was not executed' });
    await notice.getByText('Spark is not installed.').first().waitFor();
    expect(await page.getByText('The run failed').count()).toBe(0);
  });

  it('is shown without its buttons where the job cannot be read', async () => {
    await answerInstead(page, 'getSparkJob', refuses(403, 'Forbidden', 'You may not see this job.'));
    await open();
    await page.getByText('took 15 min, usually 15 min').waitFor();
    expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
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

  it('shows at its end what its last cell wrote, also within the second of the cell before', async () => {
    const notebook = (text: string) =>
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [
          {
            cell_type: 'code',
            execution_count: 1,
            metadata: {},
            source: '1',
            outputs: [{ output_type: 'stream', name: 'stdout', text }],
          },
        ],
      });
    const files = (etag: string) => answers<'listResults'>({ items: [{ ...file, etag }], cursor: null });
    let isEnded = false;
    let seenBeforeEnd = () => {};
    const running = { ...worked, outcome: null, phase: 'running', status: 'RUNNING', finishedAt: null } as const;
    await page.route(/\/files\//, (intercepted) =>
      intercepted.fulfill({ body: notebook(isEnded ? 'of the last cell' : 'of the cell before') }),
    );
    await answerInstead(page, 'listResults', async (intercepted) => {
      await files(isEnded ? 'last' : 'before')(intercepted);
      seenBeforeEnd();
    });
    await answerInstead(page, 'getRun', answers<'getRun'>(running));
    await page.clock.install();
    await open();
    await page.getByText('of the cell before').waitFor();

    // The files are read once more as they were, and only then does the run end.
    const filesRead = new Promise<void>((resolve) => (seenBeforeEnd = resolve));
    await answerInstead(page, 'getRun', async (intercepted) => {
      await filesRead;
      isEnded = true;
      await answers<'getRun'>(worked)(intercepted);
    });
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 3000);
    const last = page.getByText('of the last cell');
    // At most 5 of the 10 seconds after which files at rest are read again.
    for (let step = 0; step < 50 && !(await last.isVisible()); step += 1) {
      await page.clock.runFor(100);
      await delay(100);
    }
    expect(await last.isVisible()).toBe(true);
  });

  it('says of a queued run what it waits for, also on the page of its job', async () => {
    const queued = {
      ...failed,
      engine: 'serverless',
      outcome: null,
      phase: 'starting',
      status: 'QUEUED',
      startedAt: null,
      finishedAt: null,
      reason: null,
    } as const;
    await answerInstead(page, 'getRun', answers<'getRun'>(queued));
    await open();
    await page.getByText('Run 2 is queued').waitFor();
    await page.getByText('AWS does not tell its position').waitFor();
    await expectAccessible(page);
    await answerInstead(
      page,
      'getSparkJob',
      answers<'getSparkJob'>({ ...mine, permissions: [...mine.permissions], latestRun: queued }),
    );
    await page.goto(`${pages.url}/spark-jobs/hostile`);
    await page.getByText('Run 2 is queued').waitFor();
  });
});
