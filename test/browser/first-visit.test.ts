import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

describe('a first visit', () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let faults: readonly string[];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    ({ page, faults } = await openPage(browser));
    await page.context().request.post(`${stack.url}/local/sign-in`, { data: { email: 'bob@example.com' } });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('runs the example notebook in one click', async () => {
    await page.goto(stack.url);
    await page.getByText('and costs at most').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try it with an example notebook' }).click();
    await page.getByRole('heading', { name: /^example-[0-9a-f]{8}$/, level: 1 }).waitFor();
    await page.getByText('is yours. It runs once').waitFor();
    await stack.advance('PT30M');
    await page.getByRole('table', { name: 'runs' }).getByRole('link', { name: 'Run 1' }).waitFor();
    await eventually(() => page.getByText(/^(Succeeded|Not executed)$/).count()).toBeGreaterThan(0);
  });

  it('finds every section by two keys', async () => {
    for (const [key, title] of [
      ['c', 'Clusters'],
      ['s', 'Sessions'],
      ['j', 'Spark jobs'],
      ['k', 'SSH keys'],
      ['u', 'Usage'],
      ['d', 'Dashboard'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    }
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    const search = page.getByRole('searchbox');
    await search.fill('');
    await search.press('g');
    await search.press('j');
    await eventually(() => search.inputValue()).toBe('gj');
    expect(new URL(page.url()).pathname).toBe('/clusters');
  });

  it('shows no error in the console', () => {
    expect(faults).toEqual([]);
  });
});
