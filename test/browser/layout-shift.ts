import type { Page } from 'playwright-core';

/** Half of what counts as good on the web. */
export const MOST_SHIFT = 0.05;

/** Lets the pages that are opened from now on add up how far they moved by themselves. */
export const watchLayoutShift = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Object.assign(globalThis, { layoutShift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput)
          Object.assign(globalThis, { layoutShift: Number(Reflect.get(globalThis, 'layoutShift')) + entry.value });
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** As browsers measure it: 0 for a page that never moved. */
export const layoutShiftOf = (page: Page): Promise<number> =>
  page.evaluate(() => Number(Reflect.get(globalThis, 'layoutShift')));
