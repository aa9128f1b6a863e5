import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A text that would run in the page if the page took it for markup. @param limit longest text */
export const attack = (mark: string, limit = 200): string =>
  `${mark}"><svg onload=owned=1><img src=x onerror=owned=1><script>owned=1</script>`.slice(0, limit);

/** Also what stands in fields. */
export const visibleText = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.innerText,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
    ].join('\n'),
  );

/** No script of a person ran, and none became part of the page: the policy of the page alone would not be enough. */
export const expectNoScript = async (page: Page): Promise<void> => {
  const found = await page.evaluate(() => ({
    ran: 'owned' in globalThis,
    markup: [
      ...document.querySelectorAll('[onload], [onerror], img[src="x"], script:not([src]), a[href^="javascript:" i]'),
    ].map(({ outerHTML }) => outerHTML.slice(0, 200)),
  }));
  expect(found, page.url()).toEqual({ ran: false, markup: [] });
};
