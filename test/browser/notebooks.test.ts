import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { MAX_CELL_UNITS, MAX_NOTEBOOK_UNITS, MAX_READING_TIME, SLICE_UNITS } from '../../web/lib/viewer-bounds.ts';
import { hostileNotebooks, nestedNotebook } from '../notebooks/hostile-notebooks.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, EMPTY, job } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

/** What the page was given in one go, and what else it could do meanwhile. */
interface Work {
  beats: number;
  /** Elements added to the notebook, and the beat at which they were. */
  readonly additions: { readonly elements: number; readonly beat: number }[];
}

declare global {
  var atmoWork: Work;
}

/** Counts, in the page, the turns of the event loop, and the elements that each turn adds to the notebook. */
const watchWork = (): void => {
  const work: Work = { beats: 0, additions: [] };
  globalThis.atmoWork = work;
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    work.beats += 1;
    port2.postMessage(null);
  });
  port1.start();
  port2.postMessage(null);
  new MutationObserver((changes) => {
    const added = changes
      .flatMap(({ addedNodes }) => Array.from(addedNodes))
      .filter((node) => node instanceof Element && node.matches('.atmo-cell'));
    const elements = added.reduce((sum, node) => sum + 1 + (node as Element).querySelectorAll('*').length, 0);
    if (elements > 0) work.additions.push({ elements, beat: work.beats });
  }).observe(document, { childList: true, subtree: true });
};

/** A hundred short cells below headings, the last of which is wide. */
const longNotebook = (): string =>
  JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: Array.from({ length: 100 }, (_, at) => [
      { cell_type: 'markdown', source: `# Part ${at + 1}` },
      {
        cell_type: 'code',
        source: at === 99 ? `wide = "${'x'.repeat(1000)}"` : `x_${at + 1} = 1`,
        outputs: [{ output_type: 'stream', name: 'stdout', text: `printed ${at + 1}.` }],
      },
    ]).flat(),
  });

/** A thousand cells of 10 kB: lines of a log, tables, and HTML that needs a frame. */
const largeNotebook = (): string =>
  JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: Array.from({ length: 1000 }, (_, at) => ({
      cell_type: 'code',
      source: `visits_${at + 1} = read(${at})\nvisits_${at + 1}`,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: `${'x'.repeat(99)}\n`.repeat(100) },
        at % 10 === 0
          ? { output_type: 'display_data', data: { 'text/html': `<p style="color: red">Number ${at}</p>` } }
          : { output_type: 'display_data', data: { 'text/html': `<table><tr><td>${at}</td></tr></table>` } },
      ],
    })),
  });

const isOnScreen = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

describe('a notebook on the page', () => {
  let page: Page;

  const open = async (notebook: string): Promise<void> => {
    await answerInstead(page, 'getNotebook', (intercepted) =>
      intercepted.fulfill({ contentType: 'application/json', body: notebook }),
    );
    await page.goto(`${pages.url}/spark-jobs/hostile?tab=notebook`);
  };
  const read = (): Promise<void> => page.locator('.atmo-notebook[aria-busy="false"]').waitFor();

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getSparkJob', answers<'getSparkJob'>(job));
    await answerInstead(page, 'listRuns', answers<'listRuns'>(EMPTY));
  });

  it('has its formulas, attachments and outputs', async () => {
    await open(notebookText('cases/shown-in-the-portal.ipynb'));
    await read();
    await page.getByRole('group', { name: 'Formula' }).getByRole('math').waitFor();
    for (const name of ['img', '<Figure>']) {
      const image = page.getByRole('img', { name, exact: true });
      expect(
        await image.evaluate((element: HTMLImageElement) => element.decode().then(() => element.naturalWidth)),
      ).toBe(name === 'img' ? 8 : 20);
    }
    expect(await page.getByLabel('Standard error').textContent()).toBe('100%|');
    await page.frameLocator('.atmo-frame >> nth=0').getByRole('heading', { name: 'Report' }).waitFor();
    await page.frameLocator('.atmo-frame >> nth=1').locator('.plot-container').waitFor();
    await expectAccessible(page);
  });

  it('has a list of its headings, links to its cells, and opens at one of them', async () => {
    await open(longNotebook());
    await read();
    await page
      .getByRole('navigation', { name: 'Contents of the notebook' })
      .getByRole('link', { name: 'Part 30' })
      .click();
    await eventually(() => isOnScreen(page.getByRole('heading', { name: 'Part 30' }))).toBe(true);
    await page.getByTitle('Link to code cell 31').click();
    expect(new URL(page.url()).hash).toBe('#cell-31');
    await page.goto(page.url().replace('cell-31', 'cell-70'));
    await page.reload();
    await eventually(() => isOnScreen(page.getByText('x_70 = 1'))).toBe(true);
    await expectAccessible(page);
  });

  it('can be searched, and folded to its text or its code', async () => {
    await open(longNotebook());
    await read();
    const field = page.getByRole('searchbox', { name: 'Find in the notebook' });
    await field.fill('X_9');
    await page.getByText('1 of 11').waitFor();
    await field.press('Enter');
    await page.getByText('2 of 11').waitFor();
    await eventually(() => isOnScreen(page.getByText('x_90 = 1'))).toBe(true);
    await field.press('Shift+Enter');
    await field.press('Shift+Enter');
    await page.getByText('11 of 11').waitFor();
    await field.fill('nowhere');
    await page.getByText('Not found').waitFor();
    await page.getByRole('button', { name: 'Fold code' }).click();
    expect(await page.getByText('x_1 = 1').isVisible()).toBe(false);
    expect(await page.getByText('printed 1.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Fold outputs' }).click();
    expect(await page.getByText('printed 1.').isVisible()).toBe(false);
    await expectAccessible(page);
  });

  it('has cells that are folded one by one, by keyboard too, until the whole notebook is', async () => {
    await open(longNotebook());
    await read();
    const fold = (name: string) => page.getByRole('button', { name, exact: true });
    await fold('Outputs of cell 2').click();
    expect(await page.getByText('printed 2.').isVisible()).toBe(false);
    await page.getByRole('searchbox', { name: 'Find in the notebook' }).fill('printed 2.');
    await page.getByText('Not found').waitFor();
    await fold('Outputs of cell 2').focus();
    expect(await page.getByText('x_2 = 1').isVisible()).toBe(true);
    expect(await page.getByText('printed 3.').isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.getByText('x_3 = 1').isVisible()).toBe(false);
    expect(await fold('Code of cell 3').getAttribute('aria-expanded')).toBe('false');
    await page.getByRole('button', { name: 'Fold code' }).click();
    await fold('Code of cell 3').click();
    await page.getByText('x_3 = 1').waitFor();
    expect(await page.getByText('x_4 = 1').isVisible()).toBe(false);
    expect(await page.getByText('printed 2.').isVisible()).toBe(true);
    await expectAccessible(page);
  });

  it('stops the focus once for all that folds, and where something scrolls', async () => {
    await open(longNotebook());
    await read();
    const stops = page.locator('.atmo-notebook :is(a, button, [tabindex="0"]):not([tabindex="-1"])');
    await page.getByRole('heading', { name: 'Part 100' }).scrollIntoViewIfNeeded();
    await eventually(() => stops.allTextContents()).toEqual(['▾', expect.stringMatching(/^wide/)]);
    expect(await stops.first().getAttribute('aria-label')).toBe('Code of cell 1');
  });

  it('is a Zeppelin note of any generation', async () => {
    await open(notebookText('cases/zeppelin-0.6.json'));
    await page.getByRole('heading', { name: 'Title' }).waitFor();
    await page.getByRole('cell', { name: '1' }).waitFor();
    await expectAccessible(page);
  });

  it.each(Object.entries(hostileNotebooks))('%s is shown as far as that is possible, in slices', async (_, make) => {
    await page.addInitScript(watchWork);
    await open(make());
    await read();
    const { additions, elements } = await page.evaluate(() => ({
      additions: globalThis.atmoWork.additions,
      elements: document.querySelectorAll('*').length,
    }));
    expect(additions.length).toBeGreaterThan(0);
    expect(Math.max(...additions.map((addition) => addition.elements))).toBeLessThan(
      2 * (MAX_CELL_UNITS + SLICE_UNITS),
    );
    expect(elements).toBeLessThan(MAX_NOTEBOOK_UNITS);
    // The event loop turned between any two slices.
    const beats = additions.map(({ beat }) => beat);
    expect(new Set(beats).size).toBe(beats.length);
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByText('No runs yet').waitFor();
  });

  it('of 10 MB and 1,000 cells is shown whole, with frames only near what is seen', async () => {
    await open(largeNotebook());
    await read();
    const { cells, elements, frames } = await page.evaluate(() => ({
      cells: document.querySelectorAll('.atmo-cell').length,
      elements: document.querySelectorAll('*').length,
      frames: document.querySelectorAll('iframe').length,
    }));
    expect(cells).toBe(1000);
    expect(elements).toBeLessThan(MAX_NOTEBOOK_UNITS);
    expect(frames).toBeLessThan(10);
    await page.getByRole('searchbox', { name: 'Find in the notebook' }).fill('visits_1000 = ');
    await page.getByText('1 of 1').waitFor();
    await eventually(() => isOnScreen(page.getByText('visits_1000 = read(999)'))).toBe(true);
    expect(await page.locator('iframe').count()).toBeLessThan(10);
  });

  it('says what of it is left out', async () => {
    await open(hostileNotebooks['of 500,000 cells']?.() ?? '');
    await page.getByText('498,000 more cells not shown.').waitFor();
    await open(hostileNotebooks['of 200,000 outputs']?.() ?? '');
    await page.getByText('199,900 more outputs not shown.').waitFor();
    await expectAccessible(page);
    await open(nestedNotebook());
    await page.getByText('This file cannot be shown as a notebook.').waitFor();
  });

  it('does not hold up the page when it takes for ever, and is then given up', async () => {
    await page.route(/notebook-worker/, (intercepted) =>
      intercepted.fulfill({ contentType: 'text/javascript', body: 'for (;;);' }),
    );
    await page.clock.install();
    await open(notebookText('greeting.ipynb'));
    await page.getByText('Loading the notebook').waitFor();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByText('No runs yet').waitFor();
    await page.getByRole('tab', { name: 'Notebook' }).click();
    await page.getByText('Loading the notebook').waitFor();
    await page.clock.fastForward(MAX_READING_TIME);
    await page.getByText('The rest of this notebook takes too long to show.').waitFor();
    await expectAccessible(page);
  });

  it('says that it cannot be read where its worker cannot be loaded', async () => {
    await page.route(/notebook-worker/, (intercepted) => intercepted.abort());
    await open(notebookText('greeting.ipynb'));
    await page.getByText('The notebook could not be read.').waitFor();
  });
});
