import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { AdminUsage } from '../../shared/contract/usage.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, usageSum } from './examples.ts';
import { DESKTOP, PHONE } from './browser.ts';
import { expectAccessible } from './expectations.ts';
import { poorlySetOn } from './typesetting.ts';

const WIDE = { width: 2560, height: 1200 };

const used = (key: string, cost: number) => ({
  key,
  id: null,
  ...usageSum,
  runs: Math.round(cost),
  instanceHours: cost * 8,
  cost,
});

/** A month in which every day but the fourth was used. */
const MONTH = Array.from({ length: 30 }, (_, index) =>
  used(`2026-11-${String(index + 1).padStart(2, '0')}`, 20 + ((index * 7) % 23)),
).filter(({ key }) => key !== '2026-11-04');

const PEOPLE = [
  used('alice', 120.5),
  used(`${'very-long-name'.repeat(4)}@elsewhere.example.com`, 61.25),
  ...Array.from({ length: 14 }, (_, index) => used(`person-${index}`, 14 - index)),
];

describe('the bars of usage', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, groups: ['admins'], permissions: ['administer'] }));
  });

  const answerUsage = (by: AdminUsage['by'], items: AdminUsage['items']): Promise<void> =>
    answerInstead(
      page,
      'getUsage',
      answers<'getUsage'>({ from: '2026-11-01', to: '2026-11-30', by, currency: 'USD', items, total: usageSum }),
    );
  const said = () => page.locator('.atmo-bars-said').innerText();

  /** Axe in both themes, and no poor line at any width. */
  const expectWellSet = async (): Promise<void> => {
    await expectAccessible(page, [PHONE]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, [DESKTOP]);
    for (const viewport of [PHONE, DESKTOP, WIDE]) {
      await page.setViewportSize(viewport);
      expect(await poorlySetOn(page), `at ${viewport.width} px`).toEqual([]);
    }
  };

  it('have one for each day, which pointer and arrow keys read', async () => {
    await answerUsage('day', MONTH);
    await page.goto(`${pages.url}/admin/usage?month=2026-11`);
    const bars = page.getByRole('list', { name: 'Cost by day' }).getByRole('button');
    await bars.first().waitFor();
    expect(await bars.count()).toBe(30);
    expect(await page.getByRole('button', { name: 'Wed 2026-11-04: nothing' }).locator('i').count()).toBe(0);
    // Twice as high for twice the money: the scale begins at nothing.
    const heightOf = async (at: number) => (await bars.nth(at).locator('i').boundingBox())?.height ?? 0;
    const money = (at: number) => MONTH.find(({ key }) => Number(key.slice(8)) === at + 1)?.cost ?? 0;
    expect((await heightOf(6)) / (await heightOf(0))).toBeCloseTo(money(6) / money(0), 1);
    await bars.nth(4).hover();
    expect(await said()).toBe('Thu 2026-11-05: $25.00');
    await bars.last().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.mouse.move(0, 0);
    expect(await said()).toBe('Mon 2026-11-02: $27.00');
    expect(await bars.nth(1).evaluate((bar) => bar === document.activeElement)).toBe(true);
    await expectWellSet();
  });

  it('are stacked by kind where started workloads are counted, as the address says', async () => {
    await answerUsage('day', MONTH);
    await page.goto(`${pages.url}/admin/usage?month=2026-11`);
    await page.getByRole('radio', { name: 'Started' }).click();
    const bar = page.getByRole('button', { name: 'Sun 2026-11-01: 2 clusters, 1 session, 20 runs' });
    await bar.waitFor();
    expect(await bar.locator('i').evaluateAll((parts) => parts.map((part) => part.dataset['look']))).toEqual([
      'clusters',
      'sessions',
      'runs',
    ]);
    expect(await page.getByRole('list', { name: 'What the colours mean' }).innerText()).toContain('Sessions');
    expect(new URL(page.url()).searchParams.get('bars')).toBe('started');
    await expectWellSet();
  });

  it('are of the people who cost most, beside their names, and the table keeps all', async () => {
    await answerUsage('person', PEOPLE);
    await page.goto(`${pages.url}/admin/usage?by=person`);
    const bars = page.getByRole('list', { name: 'Cost by person' }).getByRole('listitem');
    await bars.first().waitFor();
    expect(await bars.count()).toBe(12);
    expect(await bars.first().innerText()).toMatch(/^alice\s+\$120\.50$/);
    expect(await said()).toBe('4 more in the table below');
    await page.getByRole('row', { name: 'person-13' }).waitFor();
    await expectWellSet();
  });

  it('are on everybody’s own usage, and keep to the month that is shown', async () => {
    const mine = { month: '2026-11', total: 9.11, currency: 'USD', budget: null };
    const byDay = [{ day: '2026-11-23', ...usageSum }];
    const byKind = [{ kind: 'cluster', ...usageSum }];
    await answerInstead(page, 'getMyUsage', answers<'getMyUsage'>({ ...mine, byDay, byKind }));
    await page.goto(`${pages.url}/usage?month=2026-11&bars=hours`);
    const bars = page.getByRole('list', { name: 'Instance hours by day' }).getByRole('button');
    await bars.first().waitFor();
    expect(await bars.count()).toBe(30);
    expect(await said()).toBe('Mon 2026-11-23: 42 h');
    await expectWellSet();
    await page.getByRole('button', { name: 'Month before' }).click();
    expect(page.url()).toContain('month=2026-10&bars=hours');
  });

  it('are not there where nothing was used, and say so where only the measure is nothing', async () => {
    await answerUsage('day', []);
    await page.goto(`${pages.url}/admin/usage?month=2026-11`);
    await page.getByText('Nothing was used').waitFor();
    expect(await page.getByRole('heading', { name: 'Usage by day' }).count()).toBe(0);
    await answerUsage('day', [{ ...used('2026-11-01', 3), clusters: 0, sessions: 0, runs: 0 }]);
    await page.goto(`${pages.url}/admin/usage?month=2026-11&bars=started`);
    await page.getByText('All values are zero.').waitFor();
  });
});
