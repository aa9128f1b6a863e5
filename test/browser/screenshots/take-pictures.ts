import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';

import { PHONE } from '../browser.ts';
import { STATES, type Picture, type State } from './pages.ts';
import type { Person, World } from './world.ts';

export const WIDTHS = [390, 1280, 2560] as const;
export const THEMES = ['light', 'dark'] as const;

/** Pixels. A longer page is cut, since nobody looks at more of it. */
const MOST_HEIGHT = 4000;

/** Milliseconds. What a page has not read by then it does not read. */
const PATIENCE = 20_000;

/** Milliseconds in which a page that waits shows that it does. */
const UNTIL_IT_SHOWS_LOADING = 1500;

interface Wanted {
  readonly folder: string;
  readonly pictures: readonly Picture[];
  readonly states: readonly State[];
  readonly widths: readonly (typeof WIDTHS)[number][];
  readonly themes: readonly (typeof THEMES)[number][];
}

/** Everything but who is signed in, which the frame needs to show a page at all. */
const answerInstead = (page: Page, answer: (route: Route) => Promise<void>): Promise<unknown> =>
  page.route(/\/api\/(?!me$)/, answer);

const DETAIL = 'An internal error was logged. Try again in a moment.';

const FAULT = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Something went wrong',
    status: 500,
    detail: DETAIL,
    requestId: '1f0c9a52-7d3e-4b8a-9a53-2f6f0f4f7b1e',
  }),
};

/** What the server answers in each state. */
const SERVER: Readonly<Record<State, (page: Page) => Promise<unknown>>> = {
  empty: async () => undefined,
  full: async () => undefined,
  loading: (page) => answerInstead(page, () => new Promise(() => undefined)),
  failing: (page) => answerInstead(page, (route) => route.fulfill(FAULT)),
};

const settle = async (page: Page, state: State): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: PATIENCE });
  if (state === 'loading') return page.waitForTimeout(UNTIL_IT_SHOWS_LOADING);
  // Reads are tried a few times before the page says that they failed.
  if (state === 'failing') return page.getByText(DETAIL).first().waitFor({ timeout: PATIENCE });
  // Pages poll: the network is idle between two looks.
  return page.waitForLoadState('networkidle', { timeout: PATIENCE });
};

/** Opens what a picture shows, up to what is done on the page. */
export const openPicture = async (page: Page, address: string, state: State): Promise<void> => {
  await SERVER[state](page);
  await page.goto(address);
  await settle(page, state);
};

const photograph = async (page: Page, path: string, isAbove: boolean): Promise<void> => {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const whole = await page.evaluate(async () => {
    // Two frames, after which the page has taken on its theme.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollHeight;
  });
  // In a window of that height: `fullPage` also changes the width for a moment, and what scrolls sideways is reset.
  if (!isAbove) await page.setViewportSize({ width, height: Math.max(height, Math.min(whole, MOST_HEIGHT)) });
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize({ width, height });
};

/**
 * Takes every wanted picture of one stack.
 * @param people a page of each person, signed in
 * @param world null where the stack is empty
 * @returns what could not be taken, and why
 */
export const takePictures = async (
  url: string,
  people: ReadonlyMap<Person, Page>,
  world: World | null,
  wanted: Wanted,
): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const state of wanted.states)
    for (const { name, as = 'alice', path, act, isAbove = false, states = STATES } of wanted.pictures) {
      const address = path(world);
      const person = people.get(as);
      if (!states.includes(state) || address === null || person === undefined) continue;
      for (const width of wanted.widths) {
        // Of its own, so that nothing is left over from the page before.
        const page = await person.context().newPage();
        try {
          await page.setViewportSize({ width, height: width < 500 ? PHONE.height : 900 });
          await openPicture(page, url + address, state);
          await act?.(page);
          for (const colorScheme of wanted.themes) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await photograph(page, join(wanted.folder, state, `${name}-${width}-${colorScheme}.png`), isAbove);
          }
          // What pages remember, an open help panel for one.
          await page.evaluate(() => localStorage.clear());
        } catch (error) {
          problems.push(`${name} at ${width}, ${state}: ${String(error).split('\n')[0]}`);
        } finally {
          await page.close();
        }
      }
    }
  return problems;
};
