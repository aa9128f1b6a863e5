import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { Me } from '../../shared/contract/routes/portal.ts';
import { DESKTOP } from './browser.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY, job } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const mine = { ...cluster, identifier: 'frosty-curie-0042', owner: 'alice', ownerId: alice.id };
const maintainer: Me = { ...alice, permissions: ['see-every-spark-job'] };
const { parameters: _, ...listed } = { ...job, identifier: 'daily-users', latestRun: null };

describe('a list', () => {
  let page: Page;
  /** The queries that lists of Spark jobs were asked with. */
  let asked: URLSearchParams[];

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    asked = [];
    await answerInstead(page, 'getMe', answers<'getMe'>(maintainer));
    await answerInstead(page, 'listClusters', answers<'listClusters'>({ items: [mine], cursor: null, total: 1 }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', async (intercepted) => {
      const query = new URL(intercepted.request().url()).searchParams;
      asked.push(query);
      const isCounted = query.has('sort') || query.has('query');
      await intercepted.fulfill({
        json: { items: [listed], cursor: query.get('cursor') === 'c3' ? null : 'c3', ...(isCounted && { total: 57 }) },
      });
    });
  });

  it('has search, filters, order and page size in its address', async () => {
    await page.goto(`${pages.url}/spark-jobs?owner=all&status=failed&query=users&sort=-latestRun&size=50`);
    await page.getByText('57 matches').first().waitFor();
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      owner: 'all',
      status: 'failed',
      query: 'users',
      sort: '-latestRun',
      limit: '50',
    });
    await page.getByRole('button', { name: 'State Failing' }).click();
    await page.getByRole('option', { name: 'Disabled' }).click();
    await eventually(async () => new URL(page.url()).searchParams.get('status')).toBe('disabled');
    await page.getByRole('button', { name: 'Mine', exact: true }).click();
    await page.getByRole('searchbox').fill('daily');
    await eventually(async () => asked.at(-1)?.get('query')).toBe('daily');
    expect(asked.at(-1)?.get('owner')).toBe('mine');
  });

  it('counts what is on all its pages, and has the page in its address', async () => {
    await page.goto(`${pages.url}/spark-jobs`);
    await page.getByText('57 Spark jobs').waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await eventually(async () => asked.at(-1)?.get('cursor')).toBe('c3');
    expect(new URL(page.url()).searchParams.get('page')).toBe('2');
    await page.reload();
    await eventually(() => page.getByRole('button', { name: /^Page 2/ }).getAttribute('aria-current')).toBe('true');
    expect(asked.at(-1)?.get('cursor') ?? asked.at(-2)?.get('cursor')).toBe('c3');
    await page.goBack();
    await eventually(async () => new URL(page.url()).search).toBe('');
    await page.goForward();
    await page.getByRole('searchbox').fill('daily');
    await eventually(async () => new URL(page.url()).search).toBe('?query=daily');
  });

  it('has after Back in its search field what it is searched for', async () => {
    await page.goto(`${pages.url}/spark-jobs?query=users`);
    const field = page.getByRole('searchbox');
    await page.getByRole('button', { name: 'Next page' }).click();
    await field.fill('daily');
    await eventually(async () => asked.at(-1)?.get('query')).toBe('daily');
    await page.goBack();
    await eventually(() => field.inputValue()).toBe('users');
    expect(new URL(page.url()).search).toBe('?query=users');
    await field.fill('');
    await page.getByText('57 Spark jobs').waitFor();
  });

  it.each(['light', 'dark'] as const)('is accessible in the %s theme, with the menu of a row', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/spark-jobs', '/clusters']) {
      await page.goto(`${pages.url}${path}`);
      await page.getByRole('table').getByRole('link').first().waitFor();
      await expectAccessible(page);
    }
    await page.getByRole('button', { name: 'Actions for frosty-curie-0042' }).click();
    await page.getByRole('group', { name: 'Actions for frosty-curie-0042' }).getByRole('button').first().waitFor();
    await expectAccessible(page);
  });

  it('lets people do in a row what its object’s page does, by keyboard, and gives the focus back', async () => {
    await page.setViewportSize(DESKTOP);
    await answerInstead(
      page,
      'terminateCluster',
      answers<'terminateCluster'>({ ...mine, termination: { by: 'alice', reason: 'requested', at: mine.createdAt } }),
    );
    await page.goto(`${pages.url}/clusters`);
    const menu = page.getByRole('button', { name: 'Actions for frosty-curie-0042' });
    await menu.focus();
    await page.keyboard.press('Enter');
    const terminate = page.getByRole('group', { name: /^Actions for/ }).getByRole('button', { name: 'Terminate' });
    await terminate.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Terminate frosty-curie-0042?' });
    await dialog.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => menu.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await terminate.press('Enter');
    const sent = page.waitForRequest((request) => request.url().endsWith('/terminate'));
    await dialog.getByRole('button', { name: 'Terminate' }).click();
    expect((await sent).method()).toBe('POST');
    await dialog.waitFor({ state: 'hidden' });
  });
});
