import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { DESKTOP, PATIENCE, PHONE } from './browser.ts';

/** What an author's HTML lacks for a screen reader is not ours to add. */
const NOTEBOOKS_OWN = 'iframe[src="/sandbox.html"]';

/** Reads until it is as expected: pages follow the server within seconds. */
export const eventually = <Value>(read: () => Promise<Value>) =>
  // oxlint-disable-next-line vitest/require-awaited-expect-poll -- the caller awaits the matcher
  expect.poll(read, { timeout: PATIENCE });

const isInView = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** What fades in has too little contrast until it is there. A spinner, which never ends, is not waited for. */
const standsStill = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );

/** On a desktop and on a phone, or where it is told: axe finds nothing, and nothing sticks out at the side. */
export const expectAccessible = async (page: Page, viewports = [PHONE, DESKTOP]): Promise<void> => {
  for (const viewport of viewports) {
    await page.setViewportSize(viewport);
    await standsStill(page);
    const { violations } = await new AxeBuilder({ page }).exclude(NOTEBOOKS_OWN).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, `${page.url()} at ${viewport.width} px`).toEqual([]);
    expect(await isInView(page), `${page.url()} fits ${viewport.width} px`).toBe(true);
  }
};
