import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { answerInstead, answers, hangs, refuses, onBuiltPages } from './built-pages.ts';
import { DESKTOP, PHONE } from './browser.ts';
import { alice, ATTACK, cluster, EMPTY, hostileNotebook, job, key, presets } from './examples.ts';
import { expectAccessible } from './expectations.ts';

describe('what people see when things are not as usual', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    await answerInstead(page, 'listSessions', answers<'listSessions'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>(EMPTY));
  });

  it('is no environment banner in production, but the version', async () => {
    await page.goto(pages.url);
    await page.getByText('No active clusters').waitFor();
    expect(await page.getByRole('complementary', { name: 'Environment' }).count()).toBe(0);
    await page.getByRole('contentinfo').getByText('ATMO 2026.11.0').waitFor();
    await expectAccessible(page);
  });

  it('is that no mails are to be expected, where the deployment has no sender', async () => {
    const note = page.getByRole('contentinfo').getByText('This deployment sends no mails.');
    await page.goto(pages.url);
    await page.getByRole('contentinfo').getByText('ATMO 2026.11.0').waitFor();
    expect(await note.count()).toBe(0);
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, sendsMails: false }));
    await page.goto(pages.url);
    await note.waitFor();
    await page.getByText('No active clusters').waitFor();
    await expectAccessible(page);
  });

  it('is whom to ask where nobody gets in by SSH, and why a cluster has no home', async () => {
    const problem = 'EFS has no more mount targets.';
    const closed = { ...cluster, access: null, allowsSsh: false, home: { isKept: false, problem } };
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(closed));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByText('This deployment allows no SSH access').waitFor();
    await page.getByText('emr.sshRanges').waitFor();
    await page.getByText(problem).waitFor();
    await expectAccessible(page);
  });

  it('is an announcement, with its Markdown as text', async () => {
    const announcement = {
      style: 'warning',
      title: 'Maintenance',
      isEnabled: true,
      content: `On **Sunday**. ${ATTACK}`,
      isMarkdown: true,
    } as const;
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, announcement }));
    await page.goto(pages.url);
    await page.locator('strong', { hasText: 'Sunday' }).waitFor();
    await page.getByText('No active clusters').waitFor();
    expect(await page.title()).toBe('Dashboard · ATMO');
    await expectAccessible(page);
  });

  it('is the reason when a list cannot be read, and another try', async () => {
    const failing = refuses(502, 'AWS failed', 'DynamoDB did not answer.');
    await answerInstead(page, 'listClusters', failing);
    await page.goto(pages.url);
    await page.getByText('DynamoDB did not answer.').waitFor();
    await page.getByText('request-1').waitFor();
    await expectAccessible(page);
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No active clusters').waitFor();
  });

  it('is that something is being loaded while the server hangs', async () => {
    await answerInstead(page, 'getCluster', hangs);
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByText('Loading the cluster').waitFor();
    await page.getByRole('heading', { name: 'Cluster', exact: true }).waitFor();
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Clusters' }).waitFor();
    await expectAccessible(page);
  });

  it('is a page for what is not there, what is not theirs, and a wrong address', async () => {
    await answerInstead(
      page,
      'getCluster',
      refuses(404, 'Not found', "There is no cluster 'c1', or you may not see it."),
    );
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
    await expectAccessible(page);
    await answerInstead(page, 'getCluster', refuses(403, 'Not allowed', 'You may not see this cluster.'));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('heading', { name: 'You don’t have access' }).waitFor();
    await answerInstead(page, 'getSparkJob', refuses(404, 'Not found', "There is no Spark job 'gone'."));
    await page.goto(`${pages.url}/spark-jobs/gone/edit`);
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
    await page.goto(`${pages.url}/no/such/page`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('link', { name: 'Back to the dashboard' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await answerInstead(page, 'listSessions', refuses(500, 'Something went wrong', 'It was logged.'));
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await page.getByRole('link', { name: 'Back to the dashboard' }).count()).toBe(0);
  });

  it('shows the sign-in page to people without a session, and leads back', async () => {
    await answerInstead(page, 'getMe', refuses(401, 'Not signed in', 'Sign in.'));
    await page.goto(`${pages.url}/clusters?status=failed`);
    const signIn = page.getByRole('link', { name: 'Sign in' });
    await signIn.waitFor();
    expect(await signIn.getAttribute('href')).toBe('/auth/sign-in?returnTo=%2Fclusters%3Fstatus%3Dfailed');
  });

  it('is what they typed, also when the server fails meanwhile', async () => {
    await answerInstead(page, 'getClusterDefaults', answers<'getClusterDefaults'>(presets));
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>({ items: [key], cursor: null }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(page, 'estimateCluster', refuses(503, 'AWS is busy', 'Try again.'));
    await page.goto(`${pages.url}/new/cluster`);
    await page.getByRole('textbox', { name: 'Identifier' }).fill('typed-by-hand');
    await answerInstead(page, 'listSshKeys', refuses(400, 'No', 'The keys cannot be read now.'));
    await page.waitForTimeout(1100);
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('This may be out of date: The keys cannot be read now.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Identifier' }).inputValue()).toBe('typed-by-hand');
    await expectAccessible(page);
  });

  it('is that a newer version is out', async () => {
    await page.clock.install();
    await page.goto(pages.url);
    await page.getByText('No active clusters').waitFor();
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, version: '2026.12.0' }));
    await page.clock.fastForward('05:00');
    await page.getByText('ATMO 2026.12.0 is available').waitFor();
    await page.getByRole('button', { name: 'Reload' }).waitFor();
  });

  it('is the text of a hostile notebook, and none of its deeds', async () => {
    const asked: string[] = [];
    // The built pages lack the headers that keep the sandbox from asking: see sandbox.test.ts.
    page.on('request', (request) => {
      if (request.frame() === page.mainFrame()) asked.push(new URL(request.url()).host);
    });
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(job));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    await answerInstead(page, 'getNotebook', (intercepted) => intercepted.fulfill({ json: hostileNotebook }));
    await page.goto(`${pages.url}/spark-jobs/hostile?tab=notebook`);
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
    await page.getByRole('img', { name: 'Output of the cell' }).waitFor();
    const sandbox = page.frameLocator('iframe[src="/sandbox.html"]');
    expect(await sandbox.getByRole('cell', { name: 'cell' }).innerText()).toBe('cell');
    expect(await page.title()).toBe('hostile · ATMO');
    expect(
      await page
        .locator('main img:not([src^="data:image/svg+xml,"]), main svg[onload], main script, main [href^="javascript"]')
        .count(),
    ).toBe(0);
    expect(new Set(asked)).toEqual(new Set([new URL(pages.url).host]));
    await expectAccessible(page);
  });

  it('is nothing to press where a job may only be looked at', async () => {
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(job));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    await page.goto(`${pages.url}/spark-jobs/hostile`);
    await page.getByText('This job is disabled').waitFor();
    await page.getByRole('link', { name: 'Notebook' }).waitFor();
    for (const name of ['Delete', 'Enable', 'Run now', 'Edit'])
      expect(await page.getByRole('main').getByText(name, { exact: true }).count()).toBe(0);
  });

  it('is a job’s page on a phone, with what is done less often in a menu', async () => {
    await page.setViewportSize(PHONE);
    const permissions = ['view' as const, 'manage' as const, 'run' as const];
    // So long that the buttons are below it, with the menu's in the middle of the line.
    const identifier = 'active-users-of-every-country-daily';
    const shown = { ...job, identifier, isEnabled: true, permissions };
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(shown));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    await page.goto(`${pages.url}/spark-jobs/${identifier}`);
    await page.getByRole('button', { name: 'Run now' }).waitFor();
    await page.getByRole('link', { name: 'Edit' }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await page.getByRole('button', { name: `Actions for ${identifier}` }).click();
    const menu = page.getByRole('group', { name: `Actions for ${identifier}` });
    for (const name of ['Notebook', 'Create one like this']) await menu.getByRole('link', { name }).waitFor();
    await menu.getByRole('button', { name: 'Disable' }).waitFor();
    const { x = -1, width = Infinity } = (await menu.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.width);
    await expectAccessible(page, [PHONE]);
    await menu.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor();
    // As a phone that is turned.
    await page.setViewportSize(DESKTOP);
    await page.getByRole('button', { name: 'Delete' }).first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});
