import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { Me } from '../../shared/contract/routes/portal.ts';
import { DESKTOP } from './browser.ts';
import { answerInstead, answers, hangs, refuses, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY, job, key, release, run } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { layoutShiftOf, MOST_SHIFT, watchLayoutShift } from './layout-shift.ts';

const failedJob = {
  ...job,
  identifier: 'daily-users',
  isEnabled: true,
  nextRuns: [],
  latestRun: { ...run, outcome: 'failed' as const, reasonCode: 'STEP_FAILURE' },
};
const mine = { ...cluster, identifier: 'frosty-curie-0042', owner: 'alice', ownerId: alice.id };

const isFocused = (element: Element): boolean => element === document.activeElement;

describe('the frame of every page', () => {
  let page: Page;
  const requested: string[] = [];

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    requested.length = 0;
    page.on('request', (request) => requested.push(new URL(request.url()).pathname));
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'listClusters', answers<'listClusters'>({ items: [mine], cursor: null }));
    await answerInstead(page, 'listSessions', answers<'listSessions'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>({ items: [failedJob], cursor: null }));
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>({ items: [key], cursor: null }));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(mine));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await answerInstead(
      page,
      'getMyUsage',
      answers<'getMyUsage'>({ month: '2026-11', total: 1, currency: 'USD', budget: null, byDay: [], byKind: [] }),
    );
  });

  const dashboard = async (): Promise<void> => {
    await page.goto(pages.url);
    await page.getByRole('region', { name: 'Needs attention' }).getByRole('link', { name: 'daily-users' }).waitFor();
  };

  it('shows first what needs attention, also in the title of the window, within 25 requests', async () => {
    await dashboard();
    expect(await page.title()).toBe('(1) · Dashboard · ATMO');
    const first = requested.filter((path) => path.startsWith('/assets/') || path.startsWith('/api/') || path === '/');
    expect(first.length, first.join('\n')).toBeLessThanOrEqual(25);
    await expectAccessible(page);
  });

  it('counts the notice of the budget with what needs attention', async () => {
    const budget = { limit: 10, used: 9, level: 'warning' } as const;
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, budget }));
    await dashboard();
    await page.getByText('Your budget is nearly used up').waitFor();
    expect(await page.title()).toBe('(2) · Dashboard · ATMO');
    await page.getByRole('heading', { name: 'Needs attention (2)' }).waitFor();
  });

  it('closes the search by one Escape, whatever is typed', async () => {
    await dashboard();
    await page.keyboard.press('/');
    const search = page.getByRole('dialog', { name: 'Search' });
    await search.getByRole('searchbox').fill('frosty');
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
  });

  it.each(['light', 'dark'] as const)(
    'is accessible in the %s theme, with its menu, help, search and keys',
    async (theme) => {
      await dashboard();
      await page.getByRole('button', { name: 'alice' }).click();
      await page.getByRole('radio', { name: theme === 'light' ? 'Light' : 'Dark' }).check();
      expect(await page.evaluate(() => document.body.classList.contains('awsui-dark-mode'))).toBe(theme === 'dark');
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Help' }).click();
      await page.getByRole('complementary', { name: 'Help' }).getByText('First comes what needs you').waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Close the help' }).click();
      for (const [pressed, name] of [
        ['?', 'Keyboard shortcuts'],
        ['/', 'Search'],
      ] as const) {
        await page.keyboard.press(pressed);
        await page.getByRole('dialog', { name }).waitFor();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog', { name }).waitFor({ state: 'detached' });
      }
    },
  );

  it('keeps theme and density for the next visit', async () => {
    await dashboard();
    await page.getByRole('button', { name: 'alice' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByRole('radio', { name: 'Compact' }).check();
    await dashboard();
    expect(await page.evaluate(() => document.body.className)).toMatch(/(?=.*awsui-dark-mode)(?=.*awsui-compact-mode)/);
  });

  it('is walked by keyboard alone: search finds a cluster and opens its page', async () => {
    await page.setViewportSize(DESKTOP);
    await dashboard();
    await page.keyboard.press('/');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
    await page.keyboard.type('curie');
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /frosty-curie-0042/ })
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'frosty-curie-0042', level: 1 }).waitFor();
    expect(await page.title()).toBe('Ready · frosty-curie-0042 · ATMO');
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('listitem').allTextContents()).toEqual([
      'Dashboard',
      'Clusters',
      'frosty-curie-0042',
    ]);
  });

  it('fetches a page ahead when the pointer reaches its link', async () => {
    await dashboard();
    const read = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/clusters/c1');
    await page.getByRole('link', { name: 'frosty-curie-0042' }).first().hover();
    await read;
  });

  it.each([
    ['Clusters', 'listClusters', 'frosty-curie-0042'],
    ['Sessions', 'listSessions', 'No active sessions'],
    ['Spark jobs', 'listSparkJobs', 'daily-users'],
  ] as const)('shows %s at once that were fetched when the pointer reached the link', async (name, route, shown) => {
    await dashboard();
    const read = page.waitForResponse((response) => new URL(response.url()).searchParams.get('limit') === '25');
    const link = page.getByRole('navigation').getByRole('link', { name, exact: true }).first();
    await link.hover();
    await (await read).finished();
    await answerInstead(page, route, hangs);
    await link.click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByRole('table').getByText(shown).first().waitFor();
  });

  it('does not move while it loads', async () => {
    await watchLayoutShift(page);
    await dashboard();
    await page.waitForLoadState('networkidle');
    expect(await layoutShiftOf(page)).toBeLessThan(MOST_SHIFT);
  });

  it('has an error page with an id to copy, and a way on', async () => {
    await answerInstead(page, 'getCluster', refuses(500, 'Something went wrong', 'An internal error was logged.'));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
    await page.getByRole('button', { name: 'Copy error id' }).click();
    await page.getByRole('button', { name: 'Copied error id' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('request-1');
    await expectAccessible(page);
    await answerInstead(page, 'getCluster', answers<'getCluster'>(mine));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'frosty-curie-0042', level: 1 }).waitFor();
  });

  it('gives the focus in a dialog to its first field, and to Cancel where it has none', async () => {
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('button', { name: 'Extend' }).click();
    await eventually(() => page.getByRole('spinbutton', { name: 'Hours' }).evaluate(isFocused)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Terminate' }).click();
    const dialog = page.getByRole('dialog', { name: /^Terminate/ });
    await eventually(() => dialog.getByRole('button', { name: 'Cancel' }).evaluate(isFocused)).toBe(true);
  });

  it('copies ids and states, and marks an experimental release', async () => {
    const items = [{ ...release, isExperimental: true }];
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>({ items, cursor: null }));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByText('experimental', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy the cluster id' }).click();
    await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe('j-2AXXXXXXGAPLF');
    await page.getByRole('button', { name: 'Copy the state' }).click();
    await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe('WAITING');
  });

  it('leads newcomers in three steps', async () => {
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>(EMPTY));
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>(EMPTY));
    await page.goto(pages.url);
    const steps = page.getByRole('region', { name: 'Start here' }).getByRole('listitem');
    await eventually(() => steps.getByRole('heading').allTextContents()).toEqual([
      'Add an SSH key',
      'Launch a cluster, or start a session',
      'Run a notebook on a schedule',
    ]);
    await page.getByRole('button', { name: 'Try it with an example notebook' }).waitFor();
    await expectAccessible(page);
  });

  it('shows maintainers everybody’s jobs first, and keeps another choice in the address', async () => {
    const maintainer: Me = { ...alice, permissions: ['see-every-spark-job'] };
    await answerInstead(page, 'getMe', answers<'getMe'>(maintainer));
    const asked = page.waitForRequest((request) => /spark-jobs\?.*owner=all/.test(request.url()));
    await dashboard();
    await asked;
    await page.getByRole('link', { name: 'Mine', exact: true }).click();
    await eventually(async () => page.url()).toContain('whose=mine');
  });
});
