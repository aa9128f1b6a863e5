import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { DESKTOP, PHONE } from './browser.ts';
import { answerInstead, answers, refuses, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY, job, key, LONG, presets } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const over = refuses(401, 'Not signed in', 'Sign in.');
const broken = refuses(502, 'AWS failed', 'EMR did not answer.');

describe('what people keep when texts are long and answers bad', () => {
  let page: Page;

  const lookAgain = (): Promise<boolean> => page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
  const identifier = () => page.getByRole('textbox', { name: 'Identifier' });
  const openLaunchForm = async (): Promise<void> => {
    await answerInstead(
      page,
      'getClusterDefaults',
      answers<'getClusterDefaults'>({ ...presets, emrRelease: '7.10.0' }),
    );
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>({ items: [key], cursor: null }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(page, 'estimateCluster', broken);
    await page.goto(`${pages.url}/new/cluster`);
    await identifier().fill('typed-by-hand');
  };

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'listClusters', answers<'listClusters'>({ items: [cluster], cursor: null }));
    await answerInstead(page, 'listSessions', answers<'listSessions'>({ items: [], cursor: null }));
    await answerInstead(
      page,
      'listSparkJobs',
      answers<'listSparkJobs'>({ items: [{ ...job, latestRun: null }], cursor: null }),
    );
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
  });

  it('is a page that fits, whatever things are called', async () => {
    await answerInstead(page, 'getCluster', answers<'getCluster'>(cluster));
    await answerInstead(
      page,
      'listOccurrences',
      answers<'listOccurrences'>({ items: [], upcoming: [], modifiedAt: job.modifiedAt }),
    );
    await answerInstead(
      page,
      'getSparkJob',
      answers<'getSparkJob'>({ ...job, identifier: LONG, description: `${LONG}${LONG} `.repeat(9) }),
    );
    for (const [path, content] of [
      ['/clusters', 'table'],
      ['/clusters/c1', 'tablist'],
      [`/spark-jobs/${LONG}`, 'tablist'],
    ] as const) {
      await page.goto(`${pages.url}${path}`);
      await page.getByText(LONG).first().waitFor();
      // The address has the name already while the page is loaded.
      await page.getByRole(content).first().waitFor();
      await expectAccessible(page);
    }
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'Show less' }).waitFor();
    await expectAccessible(page);
  });

  it('is their key file in the commands, also on the next cluster', async () => {
    await answerInstead(page, 'getCluster', answers<'getCluster'>(cluster));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByLabel('Name my private key').check();
    await page.getByLabel('Private key file').fill('~/.ssh/work');
    await page.reload();
    await page.getByLabel('tunnel command', { exact: true }).getByText('ssh -i ~/.ssh/work -N').waitFor();
    await page.setViewportSize(PHONE);
    const lines = await page
      .locator('.atmo-command .atmo-whole')
      .evaluateAll((options) => options.map((option) => option.getClientRects().length));
    // Those of a folded command have none.
    expect(Math.max(...lines), 'lines of an option').toBe(1);
    await page.setViewportSize(DESKTOP);
    await page.getByText('More ways').click();
    await page.getByLabel('mount command', { exact: true }).getByText('sshfs -o IdentityFile=~/.ssh/work').waitFor();
    await expectAccessible(page);
  });

  it('is what they typed when the session ends meanwhile, until they are back', async () => {
    await openLaunchForm();
    await answerInstead(page, 'getMe', over);
    await answerInstead(page, 'launchCluster', over);
    await page.getByRole('button', { name: 'Launch the cluster' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    const signIn = dialog.getByRole('link', { name: 'Sign in' });
    expect(await signIn.getAttribute('href')).toBe('/auth/sign-in?returnTo=%2Fnew%2Fcluster');
    await expectAccessible(page);
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await lookAgain();
    await dialog.waitFor({ state: 'detached' });
    expect(await identifier().inputValue()).toBe('typed-by-hand');
  });

  it('is why nothing was launched, beside the button that was pressed', async () => {
    await openLaunchForm();
    await answerInstead(page, 'launchCluster', broken);
    const launch = page.getByRole('button', { name: 'Launch the cluster' });
    await launch.click();
    const failure = page.getByRole('alert').getByText('EMR did not answer.');
    await eventually(() => failure.isVisible()).toBe(true);
    expect((await failure.boundingBox())?.y).toBeLessThan((await launch.boundingBox())?.y ?? 0);
    expect(await identifier().inputValue()).toBe('typed-by-hand');
    await page.context().setOffline(true);
    await answerInstead(page, 'launchCluster', (intercepted) => intercepted.abort());
    await launch.click();
    await page.getByText('Check your network connection. Then try again.').waitFor();
    await page.context().setOffline(false);
  });

  it('is the list as it was, and that it may be out of date', async () => {
    await page.goto(`${pages.url}/clusters`);
    await page.getByText(LONG).first().waitFor();
    await answerInstead(page, 'listClusters', refuses(400, 'No', 'The clusters cannot be read now.'));
    await page.waitForTimeout(1100);
    await lookAgain();
    await page.getByText('This may be out of date: The clusters cannot be read now.').waitFor();
    expect(await page.getByText(LONG).first().isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Failed' }).click();
    await page.getByRole('alert').getByText('The clusters cannot be read now.').waitFor();
    expect(await page.getByText(LONG).count()).toBe(0);
  });

  it('is the focus, after a dialog whose button went with what it did', async () => {
    await answerInstead(page, 'getCluster', answers<'getCluster'>(cluster));
    const termination = { by: 'alice', reason: 'requested', at: cluster.createdAt };
    await answerInstead(
      page,
      'terminateCluster',
      answers<'terminateCluster'>({ ...cluster, access: null, termination }),
    );
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('button', { name: 'Terminate' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Terminate' }).press('Enter');
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
