import type { Page } from 'playwright-core';

import { DESKTOP, launchBrowser } from '../../test/browser/browser.ts';
import { median } from '../median.ts';
import type { Table } from '../results.ts';
import { FULL, ONE_PAGE } from './load-tables.ts';
import { openPortals, type Portal } from './portals.ts';

const ROUNDS = 7;

/** A page of a full portal takes at most so many times as long: a busy machine slows both. */
const MOST_TIMES = 2;

const LIST = '/spark-jobs?owner=all';
/** A job's name in its row, which has links to its runs too. */
const ROW = 'main tbody th a[href^="/spark-jobs/"]';

/** Milliseconds between pointing at a link and pressing it. */
const POINTED_AT = 300;

/** What is waited for: rows of jobs that all have a text, or a page's title with what is below it. */
type Look = { readonly rows: string } | { readonly title: string; readonly content: string };

/** A page that never looks so fails the measurement instead of holding it up. */
const MOST_MS = 30_000;

/** Milliseconds from the next such event until the page looks so, by its own clock: until the frame in which it does. */
const untilShown = async (
  page: Page,
  event: 'click' | 'input',
  look: Look,
  act: () => Promise<unknown>,
): Promise<number> => {
  await page.evaluate(
    ([kind, wanted, row, most]) => {
      const isShown = (): boolean => {
        if ('title' in wanted)
          return (
            document.querySelector('h1')?.textContent === wanted.title &&
            document.querySelector(wanted.content) !== null
          );
        const rows = [...document.querySelectorAll(row)];
        return rows.length > 0 && rows.every(({ textContent }) => textContent.includes(wanted.rows));
      };
      const measured = new Promise<number>((resolve, reject) => {
        const begin = ({ timeStamp }: Event): void => {
          const lookAgain = (): void => {
            const since = performance.now() - timeStamp;
            if (isShown()) resolve(since);
            else if (since > most) reject(new Error(`Not shown within ${most} ms: ${JSON.stringify(wanted)}`));
            else requestAnimationFrame(lookAgain);
          };
          requestAnimationFrame(lookAgain);
        };
        addEventListener(kind, begin, { once: true, capture: true });
      });
      Object.assign(globalThis, { measured });
    },
    [event, look, ROW, MOST_MS] as const,
  );
  await act();
  return page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);
};

interface Times {
  readonly firstRows: number;
  readonly letter: number;
  readonly toList: number;
  readonly toJob: number;
}

/** @param round names what is searched for, since answers are kept */
const timesOf = async (page: Page, url: string, round: number): Promise<Times> => {
  await page.goto(`${url}${LIST}`, { waitUntil: 'commit' });
  await page.waitForFunction((row) => document.querySelector(row) !== null, ROW, { polling: 'raf' });
  const firstRows = await page.evaluate(() => performance.now());
  // What is fetched when idle is there.
  await page.waitForLoadState('networkidle');

  const wanted = `load-${String(round + 1).padStart(5, '0')}`;
  const field = page.getByRole('searchbox');
  await field.fill(wanted.slice(0, -1));
  await page.waitForFunction((text) => new URL(location.href).searchParams.get('query') === text, wanted.slice(0, -1));
  await page.waitForLoadState('networkidle');
  const letter = await untilShown(page, 'input', { rows: wanted }, () => field.press(wanted.slice(-1)));

  const job = page.locator(ROW).first();
  const name = (await job.textContent()) ?? '';
  await job.hover();
  await page.waitForTimeout(POINTED_AT);
  const toJob = await untilShown(page, 'click', { title: name, content: 'main [role="tab"]' }, () => job.click());

  await page.goto(url);
  await page.waitForLoadState('networkidle');
  const link = page.getByRole('navigation').getByRole('link', { name: 'Spark jobs', exact: true }).first();
  await link.hover();
  await page.waitForTimeout(POINTED_AT);
  const toList = await untilShown(page, 'click', { title: 'Spark jobs', content: ROW }, () => link.click());
  return { firstRows, letter, toList, toJob };
};

const WHAT: Readonly<Record<keyof Times, string>> = {
  firstRows: 'from the address of all Spark jobs to its first rows',
  letter: 'from a letter in its search to the rows found',
  toList: 'from the dashboard to the list, its link pointed at before',
  toJob: 'from the list to a job, its link pointed at before',
};

const signedIn = async (portals: readonly Portal[]) => {
  const browser = await launchBrowser();
  const pages = await Promise.all(
    portals.map(async ({ url, cookie }) => {
      const context = await browser.newContext({ viewport: DESKTOP });
      await context.addCookies(
        cookie
          .split('; ')
          .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url })),
      );
      return { url, page: await context.newPage() };
    }),
  );
  return { browser, pages };
};

/** What a person waits for in a browser, in a full portal and in one with a page of each list. */
export const pageTable = async (directory: string): Promise<Table> => {
  const { portals } = await openPortals(directory, [ONE_PAGE, FULL]);
  const { browser, pages } = await signedIn(portals);
  try {
    const rounds = pages.map((): Times[] => []);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [place, { page, url }] of pages.entries()) rounds[place]?.push(await timesOf(page, url, round));
    const measured = (Object.keys(WHAT) as (keyof Times)[]).map((name) => {
      const [smaller = Number.NaN, larger = Number.NaN] = rounds.map((times) =>
        median(times.map((each) => each[name])),
      );
      return { name, smaller, larger, times: larger / smaller };
    });
    return {
      title: 'What a person waits for',
      explanation: `Medians of ${ROUNDS} visits with Chromium, milliseconds: a portal with a page of each list, and one with ${FULL.jobs} Spark jobs, asked in turn. At most ${MOST_TIMES} times.`,
      rows: measured.map(({ name, smaller, larger, times }) => ({
        wait: WHAT[name],
        'one page, ms': smaller.toFixed(0),
        'full, ms': larger.toFixed(0),
        times: times.toFixed(2),
      })),
      passed: measured.flatMap(({ name, times }) =>
        times > MOST_TIMES ? [`It takes ${times.toFixed(2)} times as long ${WHAT[name]} in a full portal.`] : [],
      ),
    };
  } finally {
    await browser.close();
    for (const portal of portals) await portal.end();
  }
};
