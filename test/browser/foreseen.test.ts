import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { RouteName } from '../../shared/contract/api.ts';
import { answerInstead, answers, hangs, refuses, onBuiltPages } from './built-pages.ts';
import { alice, EMPTY, job } from './examples.ts';
import { eventually } from './expectations.ts';

describe('what people see before the server has answered, and what was before where that fails:', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
  });

  /** Holds the answer of a route back until it is refused. */
  const refusedLater = async (name: RouteName): Promise<() => void> => {
    let refuse = () => {};
    const asked = new Promise<void>((resolve) => (refuse = resolve));
    await answerInstead(page, name, async (intercepted) => {
      await asked;
      await refuses(503, 'AWS failed', 'DynamoDB did not answer.')(intercepted);
    });
    return refuse;
  };

  it.each([
    { isEnabled: true, button: 'Disable', told: 'None while disabled' },
    { isEnabled: false, button: 'Enable', told: 'Being worked out' },
  ])('is a job after $button', async ({ isEnabled, button, told }) => {
    const nextRuns = isEnabled ? [new Date(Date.now() + 3_600_000).toISOString()] : [];
    const before = { ...job, isEnabled, nextRuns, permissions: ['view' as const, 'manage' as const] };
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(before));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    const refuse = await refusedLater('updateSparkJob');
    await page.goto(`${pages.url}/spark-jobs/hostile`);
    await page.getByRole('button', { name: button }).click();
    await page.getByText(told).waitFor();
    await eventually(() => page.getByText('This job is disabled').count()).toBe(isEnabled ? 1 : 0);
    await answerInstead(page, 'getSparkJob', hangs);
    refuse();
    await page.getByText('DynamoDB did not answer.').waitFor();
    await page.getByRole('button', { name: button }).waitFor();
    expect(await page.getByText('This job is disabled').count()).toBe(isEnabled ? 0 : 1);
    expect(await page.getByText(told).count()).toBe(0);
  });

  it('is somebody with whom a job is no longer shared', async () => {
    const shared = { ...job, permissions: ['view' as const, 'share' as const] };
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(shared));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
    const grants = [{ to: 'user:bob', level: 'view' as const }];
    await answerInstead(page, 'getSparkJobGrants', answers<'getSparkJobGrants'>({ grants }));
    const refuse = await refusedLater('putSparkJobGrants');
    await page.goto(`${pages.url}/spark-jobs/hostile?tab=sharing`);
    const bob = page.getByRole('row', { name: /bob/ });
    await page.getByRole('button', { name: 'Remove bob' }).click();
    await bob.waitFor({ state: 'detached' });
    await answerInstead(page, 'getSparkJobGrants', hangs);
    refuse();
    await page.getByText('DynamoDB did not answer.').waitFor();
    await bob.waitFor();
  });

  it('are the news, asked once to be marked as read', async () => {
    let asked = 0;
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, newsUnread: true }));
    const item = { id: 'first', date: '2026-11-01', title: 'Charts', content: 'They are here.', isUnread: true };
    await answerInstead(page, 'getNews', answers<'getNews'>({ items: [item] }));
    const refuse = await refusedLater('seeNews');
    page.on('request', (request) => (asked += Number(request.url().endsWith('/api/news/seen'))));
    await page.goto(`${pages.url}/news`);
    await page.getByText('They are here.').waitFor();
    await page.getByRole('link', { name: 'News', exact: true }).waitFor();
    refuse();
    await page.getByRole('link', { name: 'News new' }).waitFor();
    expect(asked).toBe(1);
  });
});
