import { setTimeout as delay } from 'node:timers/promises';

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteName, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { answerInstead, answers, hangs, onBuiltPages, refuses } from './built-pages.ts';
import { DESKTOP, PHONE } from './browser.ts';
import { alice, cluster, EMPTY, job, run } from './examples.ts';
import { layoutShiftOf, MOST_SHIFT, watchLayoutShift } from './layout-shift.ts';

/** A button that comes late moves 0.018, a line 0.01. */
const STILL = MOST_SHIFT / 5;

/** Milliseconds, after which everything else is there. */
const LATE = 700;

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const own = { owner: alice.username, ownerId: alice.id };
const running = { ...run, outcome: null, phase: 'running', status: 'RUNNING', finishedAt: null } as const;

const quota = { used: 1, limit: 5 };
const admin: RouteOutput<Routes['listPeople']>['items'][number] = {
  id: 'sub-admin',
  username: 'admin',
  email: 'admin@example.com',
  groups: ['admins'],
  firstSeenAt: '2026-11-01T10:00:00.000Z',
  lastSeenAt: '2026-11-27T01:00:00.000Z',
  departure: null,
  isDisabled: false,
  modifiedAt: '2026-11-27T01:00:00.000Z',
  spend: { month: '2026-11', total: 12, currency: 'USD' },
  budget: null,
  quotas: { clusters: quota, workers: quota, sessions: quota, sparkJobs: quota, sshKeys: quota },
};

const cost = { month: '2026-11', total: 1, currency: 'USD' as const, budget: null, byDay: [], byKind: [] };

const called = (username: string) => ({ ...admin, id: username, username });

describe('a page on a phone stays still', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await page.setViewportSize(PHONE);
    await watchLayoutShift(page);
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
  });

  const late = <Name extends RouteName>(name: Name, output: RouteOutput<Routes[Name]>, isLate: boolean) =>
    answerInstead(page, name, async (intercepted) => {
      if (isLate) await delay(LATE);
      await answers<Name>(output)(intercepted);
    });

  describe('the dashboard', () => {
    const ROUTES = ['getRun', 'getMyUsage', 'listClusters', 'listSessions', 'listSparkJobs'] as const;

    const answerAll = async (lateRoute: string): Promise<void> => {
      const expiring = { ...cluster, ...own, identifier: 'frosty-curie-0042', expiresAt: inMinutes(30) };
      const listed = { ...job, ...own, isEnabled: true, latestRun: { ...running, reasonCode: null } };
      await late('getRun', running, lateRoute === 'getRun');
      await answerInstead(page, 'listClusters', async (intercepted) => {
        if (lateRoute === 'listClusters') await delay(LATE);
        const isOfFailed = intercepted.request().url().includes('status=failed');
        await answers<'listClusters'>({ items: isOfFailed ? [] : [expiring], cursor: null })(intercepted);
      });
      await late('listSessions', EMPTY, lateRoute === 'listSessions');
      await late('listSparkJobs', { items: [listed], cursor: null }, lateRoute === 'listSparkJobs');
      await late('getMyUsage', cost, lateRoute === 'getMyUsage');
    };
    const expectStill = async (): Promise<void> => {
      await page.goto(pages.url);
      await page.getByRole('button', { name: 'Extend', disabled: false }).waitFor();
      await page.getByRole('region', { name: 'Running now' }).getByText('$').first().waitFor();
      await page.getByText('Whole month at this pace').waitFor();
      expect(await layoutShiftOf(page)).toBeLessThan(STILL);
    };

    it.each(ROUTES)('when %s is answered last', async (name) => {
      await answerAll(name);
      await expectStill();
    });

    it.each(['extend-', 'help-panel-'])('when the script %s comes last', async (name) => {
      await answerAll('');
      // As the help was left on a wide screen.
      await page.addInitScript(() => localStorage.setItem('atmo-help', 'open'));
      await page.route(new RegExp(`/assets/${name}`), async (intercepted) => {
        await delay(LATE);
        await intercepted.continue();
      });
      await expectStill();
    });
  });

  it('the page that asks to sign in', async () => {
    await answerInstead(page, 'getMe', refuses(401, 'Unauthorized', 'Sign in.'));
    await page.goto(pages.url);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await layoutShiftOf(page)).toBeLessThan(STILL);
  });

  it('the first steps, when the price of the example comes last', async () => {
    for (const name of ['listClusters', 'listSessions', 'listSparkJobs', 'listSshKeys'] as const)
      await answerInstead(page, name, answers<typeof name>(EMPTY));
    await answerInstead(page, 'getMyUsage', answers<'getMyUsage'>(cost));
    await answerInstead(page, 'estimateSparkJob', async (intercepted) => {
      await delay(LATE);
      await intercepted.fulfill({ json: { perRun: 0.48, currency: 'USD' } });
    });
    await page.goto(pages.url);
    await page.getByText('costs at most $0.48').waitFor();
    expect(await layoutShiftOf(page)).toBeLessThan(STILL);
  });

  it('the list of people, when it comes after who is an admin', async () => {
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, permissions: ['administer'] }));
    await answerInstead(page, 'listPeople', async (intercepted) => {
      const isOfAdmins = intercepted.request().url().includes('group=');
      if (!isOfAdmins) await delay(LATE);
      const items = isOfAdmins ? [admin] : [admin, called('alice'), called('bob'), called('carol')];
      await answers<'listPeople'>({ items, cursor: null })(intercepted);
    });
    await page.goto(`${pages.url}/admin/people`);
    await page.getByText('is the only admin').waitFor();
    await page.getByRole('rowheader', { name: 'carol' }).waitFor();
    expect(await layoutShiftOf(page)).toBeLessThan(STILL);
  });

  it('the page of a job, when what its runs come to is answered last, also on a desktop', async () => {
    const listed = { items: Array.from({ length: 30 }, (_, at) => ({ ...run, id: `run-${at}` })), cursor: null };
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>({ ...job, isEnabled: true }));
    await answerInstead(page, 'listOccurrences', hangs);
    await answerInstead(page, 'listRuns', async (intercepted) => {
      // The figures are of a hundred runs, the table below has fewer.
      if (intercepted.request().url().includes('limit=100')) await delay(LATE);
      await answers<'listRuns'>(listed)(intercepted);
    });
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport);
      await page.goto(`${pages.url}/spark-jobs/${job.identifier}`);
      await page.getByText('of the last 30 runs').waitFor();
      expect(await layoutShiftOf(page), `at ${viewport.width} px`).toBeLessThan(STILL);
    }
  });
});
