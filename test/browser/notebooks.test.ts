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

  it('stops the focus only where something scrolls', async () => {
    await open(longNotebook());
    await read();
    const stops = page.locator('.atmo-notebook :is(a, button, [tabindex="0"]):not([tabindex="-1"])');
    await page.getByRole('heading', { name: 'Part 100' }).scrollIntoViewIfNeeded();
    await eventually(() => stops.allTextContents()).toEqual([expect.stringMatching(/^wide/)]);
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
