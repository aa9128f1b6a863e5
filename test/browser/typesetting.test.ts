import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, PHONE } from './browser.ts';
import { poorlySetOn } from './typesetting.ts';

describe('the check of how a page is set', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: PHONE });
  });
  afterAll(() => browser?.close());

  const found = async (html: string): Promise<readonly string[]> => {
    await page.setContent(html);
    return poorlySetOn(page);
  };

  it('finds a word that breaks within', async () => {
    const [first] = await found('<p style="inline-size: 80px; word-break: break-all">TERMINATED_WITH</p>');
    expect(first).toContain('breaks');
  });

  it('finds an id that breaks within', async () => {
    const [first] = await found('<p style="width: 80px; word-break: break-all">LaqmPUuuhxGwsUQwNWUR</p>');
    expect(first).toContain('breaks');
  });

  it.each([
    [
      'a text that is cut',
      '<div style="width: 99px; overflow: hidden; white-space: nowrap">much too long for it</div>',
      'cut',
    ],
    ['a control beside the window', '<button style="position: absolute; left: 380px">Launch</button>', 'beside'],
    ['a column of single words', '<p style="width: 60px">one two three four five six seven eight</p>', 'px'],
  ])('finds %s', async (_what, html, told) => {
    expect((await found(html)).join()).toContain(told);
  });

  it('lets pass what can be scrolled to, code, and words that no column holds', async () => {
    const scrolled =
      '<div style="width: 99px; overflow: auto"><span style="white-space: nowrap">far away, in reach</span></div>';
    const code = '<pre style="width: 80px; white-space: pre-wrap; word-break: break-all">TERMINATED_WITH</pre>';
    const long = `<p style="width: 99px; overflow-wrap: anywhere">${'x'.repeat(40)}</p>`;
    expect(await found(scrolled + code + long)).toEqual([]);
  });

  it('lets pass what is only for those who listen, and ids that are shortened', async () => {
    const far = '<div style="position: absolute; inset-inline-start: -9999px">The cluster is: Ready</div>';
    const dot =
      '<span style="display: block; width: 8px; overflow: hidden; text-indent: 100%; white-space: nowrap">new</span>';
    const id = '<p style="width: 80px; overflow: hidden; white-space: nowrap" class="atmo-id">LaqmPUuuhxGwsUQwNWUR</p>';
    expect(await found(far + dot + id)).toEqual([]);
  });
});
