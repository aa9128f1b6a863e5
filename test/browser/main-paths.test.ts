import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { notebookPath } from '../notebooks/notebooks.ts';
import { DESKTOP } from './browser.ts';
import { answerInstead, answers, onBuiltPages, refuses } from './built-pages.ts';
import { alice, cluster, EMPTY, job, jobDefaults, key, presets, progress, release, run } from './examples.ts';
import { eventually } from './expectations.ts';

const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl atmo';
const mine = { ...cluster, identifier: 'frosty-curie-0042', owner: 'alice', ownerId: alice.id };
const failed = {
  ...run,
  id: 'r2',
  number: 2,
  outcome: 'failed' as const,
  reason: { code: 'STEP_FAILURE', message: 'The driver ran out of memory.' },
};
const failing = {
  ...job,
  identifier: 'daily-users',
  owner: 'alice',
  ownerId: alice.id,
  isEnabled: true,
  permissions: ['view', 'run', 'manage'] as ('view' | 'run' | 'manage')[],
};

const estimate: RouteOutput<Routes['estimateSparkJob']> = {
  hourly: 1.2,
  perRun: 28.8,
  runsPerMonth: 4,
  perMonth: 115.2,
  usual: { perRun: 0.31, p95PerRun: 0.4, perMonth: 1.24, runs: 5 },
  machines: [{ instanceType: 'm5.xlarge', count: 5 }],
  workers: null,
  budget: { limit: 10, used: 10, added: 0.4, refusal: 'The budget of alice is used up.' },
  currency: 'USD',
  asOf: '2026-11-01',
  source: 'AWS',
  isDerived: false,
};

/** A key that is pressed more often than any page has stops was pressed in vain. */
const MOST_STOPS = 80;

describe('the main paths', () => {
  let page: Page;
  let hasKey: boolean;
  /** Bodies of what was sent to change something, by route. */
  let sent: Map<string, unknown>;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    hasKey = true;
    sent = new Map();
    await page.setViewportSize(DESKTOP);
    await page.addInitScript(() => {
      Object.assign(globalThis, { clicks: 0 });
      // A keyboard's click has no detail.
      addEventListener('click', ({ isTrusted, detail }) => {
        if (isTrusted && detail > 0)
          Object.assign(globalThis, { clicks: Number(Reflect.get(globalThis, 'clicks')) + 1 });
      });
    });
    const record =
      (name: string, output: unknown, status = 200) =>
      async (intercepted: Parameters<Parameters<typeof answerInstead>[2]>[0]): Promise<void> => {
        sent.set(name, intercepted.request().postDataJSON());
        await intercepted.fulfill({ status, json: output });
      };
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'listSessions', answers<'listSessions'>(EMPTY));
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    const { parameters: _, ...listed } = { ...failing, latestRun: { ...failed, reasonCode: 'STEP_FAILURE' } };
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>({ items: [listed], cursor: null }));
    await answerInstead(page, 'getMyUsage', (route) =>
      route.fulfill({ json: { month: '2026-11', total: 1, currency: 'USD', budget: null, byDay: [], byKind: [] } }),
    );
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>({ items: [release], cursor: null }));
    await answerInstead(page, 'listSshKeys', (route) =>
      route.fulfill({ json: { items: hasKey ? [key] : [], cursor: null } }),
    );
    await answerInstead(page, 'addSshKey', async (route) => {
      hasKey = true;
      await record('addSshKey', key, 201)(route);
    });
    await answerInstead(page, 'estimateCluster', (route) => route.fulfill({ status: 503, json: {} }));
    await answerInstead(page, 'launchCluster', record('launchCluster', mine, 201));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(mine));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    // The path of a cluster is that of the defaults too.
    const defaults = { ...presets, emrRelease: '7.10.0' };
    await answerInstead(page, 'getClusterDefaults', answers<'getClusterDefaults'>(defaults));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(failing));
    await answerInstead(page, 'updateSparkJob', record('updateSparkJob', failing));
    await answerInstead(page, 'runSparkJob', record('runSparkJob', run, 202));
    await answerInstead(page, 'getRun', (route) =>
      route.fulfill({ json: route.request().url().endsWith('/r2') ? failed : run }),
    );
    await answerInstead(page, 'getProgress', answers<'getProgress'>(progress));
    await answerInstead(
      page,
      'getFailure',
      answers<'getFailure'>({
        cell: 2,
        source: 'frame.toPandas()',
        errorName: 'Py4JJavaError',
        errorValue: 'java.lang.OutOfMemoryError',
        traceback: 'java.lang.OutOfMemoryError: Java heap space',
        logTail: null,
        reason: failed.reason,
        advice: 'Give the run more workers.',
        remedies: [{ kind: 'size', value: 4 }],
        spark: null,
        changes: [],
      }),
    );
    await answerInstead(page, 'listRuns', answers<'listRuns'>({ items: [failed], cursor: null }));
    await answerInstead(page, 'listResults', answers<'listResults'>(EMPTY));
    await answerInstead(page, 'listLogs', answers<'listLogs'>(EMPTY));
  });

  const tabTo = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let pressed = 0; pressed < MOST_STOPS; pressed += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${String(target)}.`);
  };
  const enter = async (target: Locator): Promise<void> => {
    await tabTo(target);
    await page.keyboard.press('Enter');
  };
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const clicks = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'clicks') as unknown);
  const attention = (): Locator =>
    page.getByRole('region', { name: 'Needs attention' }).getByRole('link', { name: 'daily-users' });

  it('lead to a scheduled time that was missed, from the dashboard, the list and the job', async () => {
    const latestMissed = { id: 'm3', number: 3, occurrence: '2026-11-25T06:00:00.000Z' };
    const { parameters: __, ...listed } = { ...failing, latestMissed, latestRun: null };
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>({ items: [listed], cursor: null }));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>({ ...failing, latestMissed, latestRun: failed }));
    const to = '/spark-jobs/daily-users/runs/m3';
    await page.goto(`${pages.url}/`);
    const attention = page.locator('li').filter({ hasText: 'The run did not start.' });
    await attention.getByText('Missed').waitFor();
    expect(await attention.getByRole('link', { name: 'daily-users' }).getAttribute('href')).toBe(to);
    const row = page.getByRole('row', { name: /daily-users/ });
    await row.getByText('Missed').waitFor();
    expect(await row.getByRole('link', { name: 'Run 3' }).first().getAttribute('href')).toBe(to);
    await page.goto(`${pages.url}/spark-jobs/daily-users`);
    await page.getByText('Missed', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Run 3' }).first().getAttribute('href')).toBe(to);
  });

  it('say before a run what it will cost, as it is about to be changed, and ask for no estimate before', async () => {
    let asked: unknown = null;
    await answerInstead(page, 'estimateSparkJob', async (route) => {
      asked = route.request().postDataJSON();
      await route.fulfill({ json: estimate });
    });
    await page.goto(`${pages.url}/spark-jobs/daily-users/runs/r2`);
    await page.getByText('Give the run more workers.').waitFor();
    expect(asked).toBeNull();
    await button('Run again with 4 workers').click();
    const dialog = page.getByRole('dialog', { name: /^Run daily-users again/ });
    await dialog.getByText('Usually $0.31, at most $28.80 for this run.').waitFor();
    await dialog.getByText('The budget of alice is used up.').waitFor();
    expect(asked).toMatchObject({ identifier: 'daily-users', size: 4 });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.goto(`${pages.url}/spark-jobs/daily-users`);
    await button('Run now').click();
    await page
      .getByRole('dialog', { name: 'Run daily-users now?' })
      .getByText('Usually $0.31, at most $28.80 for this run.')
      .waitFor();
    expect(asked).toMatchObject({ identifier: 'daily-users', size: 1 });
    await answerInstead(page, 'estimateSparkJob', refuses(503, 'AWS failed', 'DynamoDB did not answer.'));
    await page.reload();
    await button('Run now').click();
    await page.getByRole('dialog').getByText('DynamoDB did not answer.').waitFor();
  });

  it('launch a cluster by keyboard alone', async () => {
    await page.goto(`${pages.url}/clusters`);
    await enter(page.getByRole('main').getByRole('link', { name: 'Launch a cluster' }).first());
    await tabTo(page.getByRole('spinbutton', { name: 'Size' }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('3');
    await enter(button('Launch the cluster'));
    await page.getByRole('heading', { name: 'frosty-curie-0042', level: 1 }).waitFor();
    expect(sent.get('launchCluster')).toMatchObject({ size: 3, sshKeyId: key.id });
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(await clicks()).toBe(0);
  });

  it('find a failing job and mend it by keyboard alone', async () => {
    await page.goto(pages.url);
    await enter(attention());
    await page.getByText('Give the run more workers.').waitFor();
    await enter(button('Run again with 4 workers'));
    const dialog = page.getByRole('dialog', { name: /^Run daily-users again/ });
    await eventually(() =>
      dialog.getByRole('button', { name: 'Cancel' }).evaluate((it) => it === document.activeElement),
    ).toBe(true);
    await enter(dialog.getByRole('button', { name: 'Change and run' }));
    await page.waitForURL(/runs\/r1$/);
    expect(sent.get('updateSparkJob')).toMatchObject({ size: 4 });
    expect(await clicks()).toBe(0);
  });

  it('make a Spark job by keyboard alone', async () => {
    const upload = { uploadId: 'u1', url: `${pages.url}/s3`, fields: {} };
    const check = { kind: 'jupyter', language: 'python', cells: 3, parameters: [], warnings: [] } as const;
    await answerInstead(page, 'createNotebookUpload', answers<'createNotebookUpload'>(upload));
    await page.route(upload.url, (intercepted) => intercepted.fulfill({ status: 204 }));
    await answerInstead(page, 'checkNotebookUpload', (route) => route.fulfill({ json: check }));
    for (const name of ['estimateSparkJob', 'previewSchedule'] as const)
      await answerInstead(page, name, (route) => route.fulfill({ status: 503, json: {} }));
    await answerInstead(page, 'checkSparkJobIdentifier', (route) =>
      route.fulfill({ json: { available: true, reason: null } }),
    );
    await answerInstead(page, 'getSparkJobDefaults', answers<'getSparkJobDefaults'>(jobDefaults));
    await answerInstead(page, 'createSparkJob', async (route) => {
      sent.set('createSparkJob', route.request().postDataJSON());
      await route.fulfill({ status: 201, json: { ...failing, warnings: [] } });
    });
    await page.goto(`${pages.url}/new/spark-job`);
    await tabTo(page.getByRole('textbox', { name: 'Identifier' }));
    await page.keyboard.type('daily-users');
    await tabTo(page.getByRole('textbox', { name: 'Description' }));
    await page.keyboard.type('Who came back');
    const chooser = page.waitForEvent('filechooser');
    await enter(page.getByLabel('Pick a notebook'));
    await (await chooser).setFiles(notebookPath('greeting.ipynb'));
    await page.getByText('greeting.ipynb is uploaded').waitFor();
    await tabTo(page.getByRole('radio', { name: 'Weekly' }));
    await page.keyboard.press('ArrowUp');
    await enter(button('Create the Spark job'));
    await eventually(async () => sent.get('createSparkJob')).toMatchObject({
      identifier: 'daily-users',
      description: 'Who came back',
      notebookUploadId: 'u1',
      schedule: { type: 'interval', hours: 24 },
    });
    expect(await clicks()).toBe(0);
  });

  it('find, understand and mend a failing job from the dashboard in three clicks', async () => {
    await page.goto(pages.url);
    await attention().click();
    await page.getByText('Give the run more workers.').waitFor();
    await button('Run again with 4 workers').click();
    const counted = clicks();
    await page.getByRole('dialog').getByRole('button', { name: 'Change and run' }).click();
    await page.waitForURL(/runs\/r1$/);
    expect(await counted).toBe(2);
    expect(await clicks()).toBe(3);
    expect(sent.has('runSparkJob')).toBe(true);
  });

  it('take a newcomer from the dashboard to a launched cluster in three clicks and a paste', async () => {
    hasKey = false;
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>(EMPTY));
    await page.goto(pages.url);
    await page.getByRole('region', { name: 'Start here' }).getByRole('link', { name: 'Launch a cluster' }).click();
    await page.getByText('Add an SSH key first').waitFor();
    await page.evaluate((text) => navigator.clipboard.writeText(text), LINE);
    await page.keyboard.press('ControlOrMeta+v');
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('atmo');
    await button('Add the key').click();
    await button('Launch the cluster').click();
    await page.getByRole('heading', { name: 'frosty-curie-0042', level: 1 }).waitFor();
    expect(sent.get('addSshKey')).toEqual({ title: 'atmo', key: LINE });
    expect(await clicks()).toBe(3);
  });
});
