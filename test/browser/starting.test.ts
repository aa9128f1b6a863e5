import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const ready = { ...cluster, identifier: 'frosty-curie-0042', owner: 'alice', ownerId: alice.id };
const starting = {
  ...ready,
  phase: 'starting' as const,
  status: 'BOOTSTRAPPING' as const,
  isReady: false,
  readyAt: null,
  access: null,
};

describe('a cluster that starts', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(starting));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(
      page,
      'listClusters',
      answers<'listClusters'>({ items: [ready, ready, ready, starting], cursor: null }),
    );
  });

  it('tells its stage and the usual time, in the title too, with Extend beside the time left', async () => {
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByText('usually ready within 9 min').waitFor();
    const present = page.getByRole('listitem').and(page.locator('[aria-current=step]'));
    expect(await present.textContent()).toContain('Bootstrapping');
    expect(await page.title()).toBe('Bootstrapping · frosty-curie-0042 · ATMO');
    await page.getByRole('button', { name: 'Extend' }).waitFor();
    await expectAccessible(page);
    await answerInstead(page, 'getCluster', answers<'getCluster'>(ready));
    await page.getByRole('heading', { name: 'Access' }).waitFor();
    await eventually(() => page.title()).toBe('Ready · frosty-curie-0042 · ATMO');
    expect(await page.getByText('Getting ready').count()).toBe(0);
  });

  it('notifies who asked for it, and asks once', async () => {
    await page.addInitScript(() => {
      const shown: string[] = [];
      class Notification {
        static permission = 'default';
        static requestPermission(): Promise<string> {
          Notification.permission = 'granted';
          return Promise.resolve('granted');
        }
        constructor(text: string) {
          shown.push(text);
        }
      }
      Object.assign(globalThis, { Notification, shownNotifications: shown });
    });
    await page.goto(`${pages.url}/clusters/c1`);
    const ask = page.getByRole('button', { name: 'Notify me when it is ready' });
    await ask.click();
    await ask.waitFor({ state: 'hidden' });
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await answerInstead(page, 'getCluster', answers<'getCluster'>(ready));
    const shown = (): Promise<unknown> => page.evaluate(() => Reflect.get(globalThis, 'shownNotifications') as unknown);
    await eventually(shown).toEqual(['frosty-curie-0042: Ready']);
    await answerInstead(page, 'getCluster', answers<'getCluster'>(starting));
    await page.reload();
    await page.getByText('Getting ready').waitFor();
    expect(await ask.count()).toBe(0);
  });
});
