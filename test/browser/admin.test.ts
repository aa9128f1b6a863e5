import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, job } from './examples.ts';
import { expectAccessible } from './expectations.ts';

const { parameters: _, ...rest } = job;
const listedJob = { ...rest, latestRun: null };
const admin = { ...alice, username: 'admin', permissions: ['administer'] };

describe('the administration', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'listAllEmrReleases', answers<'listAllEmrReleases'>({ items: [] }));
  });

  it('is for admins only, who find it in the navigation', async () => {
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await page.goto(`${pages.url}/admin/emr-releases`);
    await page.getByRole('heading', { name: 'Only admins have access' }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await expectAccessible(page);
    await answerInstead(page, 'getMe', answers<'getMe'>(admin));
    await page.goto(`${pages.url}/admin/no-such-section`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await page.getByRole('link', { name: 'EMR releases' }).click();
    await page.getByRole('heading', { name: 'EMR releases' }).waitFor();
    const sections = page.getByRole('navigation', { name: 'Sections' });
    expect(await sections.getByRole('link', { name: 'Administration' }).getAttribute('aria-current')).toBe('page');
    await expectAccessible(page);
  });

  it('tells in the overview how many jobs are on a release whose support ends, and lists them', async () => {
    await answerInstead(page, 'getMe', answers<'getMe'>(admin));
    await answerInstead(
      page,
      'getOverview',
      answers<'getOverview'>({
        clusters: 1,
        sessions: 0,
        runs: 0,
        hourlyCost: 1.2,
        launchesWaiting: 0,
        orphans: 0,
        failedMails: 0,
        throttled: 0,
        launches: { isPaused: false, reason: null },
        overdueTasks: 0,
      }),
    );
    await answerInstead(
      page,
      'listAllSparkJobs',
      answers<'listAllSparkJobs'>({ items: [listedJob], cursor: 'next', total: 3 }),
    );
    await page.goto(`${pages.url}/admin`);
    await page.getByText('3 Spark jobs on an EMR release whose support ends').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'See the Spark jobs' }).click();
    await page.getByRole('button', { name: 'Status support ending' }).waitFor();
    await page.getByRole('link', { name: listedJob.identifier }).first().waitFor();
    await expectAccessible(page);
  });
});
