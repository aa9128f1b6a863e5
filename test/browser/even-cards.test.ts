import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { PHONE } from './browser.ts';
import { answerInstead, answers, onBuiltPages, refuses } from './built-pages.ts';
import { alice, EMPTY, jobDefaults, key, presets, release } from './examples.ts';
import { expectAccessible } from './expectations.ts';

const WIDE = { width: 2560, height: 1200 };

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

describe('the cards of a form on a wide screen', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await page.setViewportSize(WIDE);
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, permissions: ['administer'] }));
    await answerInstead(page, 'listClusters', answers<'listClusters'>(EMPTY));
    await answerInstead(page, 'listSparkJobs', answers<'listSparkJobs'>(EMPTY));
    await answerInstead(page, 'listSshKeys', answers<'listSshKeys'>({ items: [key], cursor: null }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>({ items: [release], cursor: null }));
    const defaults = { ...presets, emrRelease: '7.10.0' };
    await answerInstead(page, 'getClusterDefaults', answers<'getClusterDefaults'>(defaults));
    await answerInstead(page, 'getSparkJobDefaults', answers<'getSparkJobDefaults'>(jobDefaults));
    for (const route of ['estimateCluster', 'estimateSparkJob', 'previewSchedule'] as const)
      await answerInstead(page, route, refuses(502, 'AWS failed', 'No prices.'));
  });

  const edgesOf = async (place: Locator): Promise<Edges> => {
    await place.waitFor();
    const { x = 0, y = 0, height = 0 } = (await place.boundingBox()) ?? {};
    return { left: Math.round(x), top: Math.round(y), bottom: Math.round(y + height) };
  };
  const cards = () =>
    page.locator('.atmo-form-parts > *').evaluateAll((found) =>
      found.map((card) => {
        const { top, bottom } = card.getBoundingClientRect();
        return { top: Math.round(top), bottom: Math.round(bottom) };
      }),
    );
  const lastCardBeside = async (): Promise<number> =>
    (await edgesOf(page.locator('.atmo-aside > * > :last-child > *'))).bottom;

  it('end level, with those beside the form', async () => {
    await page.goto(`${pages.url}/new/spark-job`);
    await page.getByRole('heading', { name: 'Next runs' }).waitFor();
    const [first, ...others] = await cards();
    expect(others).toEqual([first, first]);
    expect(await lastCardBeside()).toBe(first?.bottom);
    await expectAccessible(page, [WIDE]);
  });

  it('have their controls on one line, whatever explains them', async () => {
    await page.goto(`${pages.url}/new/cluster`);
    const name = await edgesOf(page.getByRole('textbox', { name: 'Identifier' }));
    const size = await edgesOf(page.getByRole('spinbutton', { name: 'Size' }));
    const lifetime = await edgesOf(page.getByRole('spinbutton', { name: 'Lifetime' }));
    expect([size.top, lifetime.top]).toEqual([name.top, name.top]);
    expect(new Set([name.left, size.left, lifetime.left]).size).toBe(3);
    // What a field allows stays below it.
    expect((await edgesOf(page.getByText('Use 1 to 100 lower-case'))).top).toBeGreaterThanOrEqual(name.bottom);
    const note = await page.getByText('Your home directory').boundingBox();
    expect(note?.width).toBeGreaterThan(lifetime.left - name.left);
    await expectAccessible(page, [PHONE, WIDE]);
  });

  it('are two and two where there are four of them', async () => {
    const budgets = {
      version: 1,
      changedAt: null,
      changedBy: null,
      everyone: null,
      eachPerson: null,
      groups: {},
      people: {},
      overrides: [],
      used: { month: '2026-11', everyone: 0, groups: {}, people: {} },
    };
    await answerInstead(page, 'getBudgets', answers<'getBudgets'>(budgets));
    await page.goto(`${pages.url}/admin/budgets`);
    const everyone = await edgesOf(page.getByText('Everyone together'));
    const each = await edgesOf(page.getByText('Each person without an entry below'));
    const groups = await edgesOf(page.getByText('Groups, the sum of their members'));
    const people = await edgesOf(page.getByText('People', { exact: true }).last());
    expect([each.top, people.top, groups.left, people.left]).toEqual([
      everyone.top,
      groups.top,
      everyone.left,
      each.left,
    ]);
    await expectAccessible(page, [PHONE, WIDE]);
  });
});
