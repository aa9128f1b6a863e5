import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { answerInstead, answers, refuses, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY, job, jobDefaults, key, presets, release } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const LINE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl atmo';

const check: RouteOutput<Routes['checkNotebookUpload']> = {
  kind: 'jupyter',
  language: 'python',
  cells: 3,
  parameters: [{ name: 'days', default: 1, type: 'int' }],
  warnings: [],
};

const clusterDefaults = { ...presets, emrRelease: '7.10.0' };

describe('a form', () => {
  let page: Page;
  /** Whether leaving was questioned. */
  let questions: string[];

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    questions = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.type());
      void dialog.accept();
    });
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>(EMPTY));
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>({ items: [key], cursor: null }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>({ items: [release], cursor: null }));
    await answerInstead(page, 'getClusterDefaults', answers<'getClusterDefaults'>(clusterDefaults));
    await answerInstead(page, 'estimateCluster', refuses(502, 'AWS failed', 'No prices.'));
    await answerInstead(page, 'estimateSparkJob', refuses(502, 'AWS failed', 'No prices.'));
    await answerInstead(page, 'previewSchedule', refuses(502, 'AWS failed', 'No preview.'));
    await answerInstead(
      page,
      'checkSparkJobIdentifier',
      answers<'checkSparkJobIdentifier'>({ available: true, reason: null }),
    );
    await answerInstead(page, 'getSparkJobDefaults', answers<'getSparkJobDefaults'>(jobDefaults));
  });

  it('asks before it is left, and keeps what was typed over a reload and Back until it is saved', async () => {
    await page.goto(`${pages.url}/new/cluster`);
    await page.getByRole('spinbutton', { name: 'Size' }).click();
    await page.getByRole('spinbutton', { name: 'Size' }).fill('7');
    await page.reload();
    expect(questions).toEqual(['beforeunload']);
    await page.getByText('What you typed before is here again.').waitFor();
    expect(await page.getByRole('spinbutton', { name: 'Size' }).inputValue()).toBe('7');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Clusters', level: 1 }).waitFor();
    await page.goBack();
    await eventually(() => page.getByRole('spinbutton', { name: 'Size' }).inputValue()).toBe('7');
    await answerInstead(page, 'launchCluster', refuses(503, 'AWS is busy', 'Try again.'));
    await page.getByRole('button', { name: 'Launch the cluster' }).click();
    await page.getByText('AWS is busy').waitFor();
    await page.reload();
    await eventually(() => page.getByRole('spinbutton', { name: 'Size' }).inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Start over' }).click();
    await eventually(() => page.getByRole('spinbutton', { name: 'Size' }).inputValue()).toBe('1');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('asks before another page of the portal takes its place, by a link or Back, and not once it is saved', async () => {
    await page.goto(`${pages.url}/clusters`);
    await page.getByRole('link', { name: 'Launch a cluster' }).first().click();
    const size = page.getByRole('spinbutton', { name: 'Size' });
    await size.fill('7');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    const breadcrumb = page.getByRole('navigation', { name: 'Breadcrumb' });
    await breadcrumb.getByRole('link', { name: 'Dashboard' }).click();
    await question.getByText('This tab keeps it').waitFor();
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/new/cluster');
    expect(await size.inputValue()).toBe('7');
    await page.evaluate(() => history.back());
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Clusters', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/clusters');
    await page.goForward();
    await page.getByText('What you typed before is here again.').waitFor();
    const launched = { ...cluster, owner: 'alice', ownerId: alice.id };
    await answerInstead(page, 'launchCluster', answers<'launchCluster'>(launched));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(launched));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await page.getByRole('button', { name: 'Launch the cluster' }).click();
    await page.getByRole('heading', { name: 'Access' }).waitFor();
    expect(questions).toEqual([]);
  });

  it('tells beside the most what the last ones of that size have cost', async () => {
    const ended = { ...cluster, ownerId: alice.id, size: 2, isActive: false, cost: { ...cluster.cost, soFar: 1.25 } };
    await answerInstead(
      page,
      'listClusters',
      answers<'listClusters'>({ items: [ended, ended, { ...ended, size: 1 }, ended], cursor: null }),
    );
    await page.goto(`${pages.url}/new/cluster`);
    await page.getByRole('spinbutton', { name: 'Size' }).fill('2');
    await page.getByText('Usually $1.25: the median of your last 3 clusters of this size.').waitFor();
    await page.getByRole('spinbutton', { name: 'Size' }).fill('1');
    await page.getByText('Usually').waitFor({ state: 'hidden' });
  });

  it('never stores a private key', async () => {
    await page.goto(`${pages.url}/new/ssh-key`);
    await page.getByRole('textbox', { name: 'Public key' }).fill('-----BEGIN OPENSSH PRIVATE KEY-----');
    await page.getByText('That is your private key').waitFor();
    expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('PRIVATE');
    await page.getByRole('textbox', { name: 'Public key' }).fill(LINE);
    await eventually(() => page.evaluate(() => JSON.stringify(sessionStorage))).toContain('ssh-ed25519');
  });

  it('has the uploaded notebook again, checked, with its parameters to take', async () => {
    const upload = { uploadId: 'u1', url: `${pages.url}/s3`, fields: {} };
    await answerInstead(page, 'createNotebookUpload', answers<'createNotebookUpload'>(upload));
    await page.route(upload.url, (intercepted) => intercepted.fulfill({ status: 204 }));
    await answerInstead(page, 'checkNotebookUpload', answers<'checkNotebookUpload'>(check));
    await page.goto(`${pages.url}/new/spark-job`);
    await page.getByLabel('Pick a notebook').setInputFiles({
      name: 'users.ipynb',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    });
    await page.getByText('users.ipynb is uploaded (Python notebook, 3 cells, 2 B)').waitFor();
    await page.getByRole('textbox', { name: 'Description' }).fill('Who came back');
    expect(await page.getByRole('textbox', { name: 'Identifier' }).inputValue()).toBe('');
    await page.reload();
    await page.getByText('users.ipynb is uploaded (Python notebook, 3 cells)').waitFor();
    expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Who came back');
    await page.getByRole('button', { name: 'Add from the notebook: days' }).click();
    await page.getByText('The notebook gets a number.').waitFor();
  });

  it('writes the cron expression of days and a time, and reads it again', async () => {
    await page.goto(`${pages.url}/new/spark-job`);
    await page.getByRole('radio', { name: 'On days of the week' }).check();
    for (const day of ['Saturday', 'Sunday']) await page.getByRole('checkbox', { name: day }).uncheck();
    await page.getByRole('textbox', { name: 'Time of day' }).fill('07:30');
    await page.getByText('As a cron expression: 30 7 ? * MON,TUE,WED,THU,FRI *').waitFor();
    await expectAccessible(page);
    await answerInstead(
      page,
      'getSparkJob',
      answers<'getSparkJob'>({
        ...job,
        schedule: { type: 'cron', expression: '0 22 ? * MON-WED *', timeZone: 'Europe/Berlin' },
        permissions: ['view', 'manage'],
      }),
    );
    // The path of a job is that of the defaults too.
    await answerInstead(page, 'getSparkJobDefaults', answers<'getSparkJobDefaults'>(jobDefaults));
    await page.goto(`${pages.url}/spark-jobs/hostile/edit`);
    await eventually(() => page.getByRole('textbox', { name: 'Time of day' }).inputValue()).toBe('22:00');
    expect(await page.getByRole('checkbox', { name: 'Wednesday' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Thursday' }).isChecked()).toBe(false);
  });

  it('is not shown to those who may only see the job', async () => {
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>({ ...job, permissions: ['view'] }));
    await page.goto(`${pages.url}/spark-jobs/hostile/edit`);
    await page.getByText('You may view this Spark job but not change it.').waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: 'Save the changes' }).count()).toBe(0);
  });

  it('takes a newcomer to a launched cluster in three clicks and a paste', async () => {
    let keys = 0;
    await answerInstead(page, 'listSshKeys', (intercepted) =>
      intercepted.fulfill({ json: { items: keys === 0 ? [] : [key], cursor: null } }),
    );
    await answerInstead(page, 'addSshKey', async (intercepted) => {
      keys += 1;
      expect(intercepted.request().postDataJSON()).toEqual({ title: 'atmo', key: LINE });
      await intercepted.fulfill({ status: 201, json: key });
    });
    const launched = { ...cluster, owner: 'alice', ownerId: alice.id };
    await answerInstead(page, 'launchCluster', answers<'launchCluster'>(launched));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(launched));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    // The path of a cluster is that of the defaults too.
    await answerInstead(page, 'getClusterDefaults', answers<'getClusterDefaults'>(clusterDefaults));
    await page.goto(`${pages.url}/clusters`);
    await page.getByRole('link', { name: 'Launch a cluster' }).first().click();
    await page.getByRole('textbox', { name: 'Public key' }).fill(LINE);
    await page.getByRole('button', { name: 'Add the key' }).click();
    await page.getByRole('button', { name: 'Launch the cluster' }).click();
    await page.getByRole('heading', { name: 'Access' }).waitFor();
    // The key was made as advised, so its file is not one that ssh finds by itself.
    await page.getByText('ssh -i ~/.ssh/atmo -N').waitFor();
  });
});
