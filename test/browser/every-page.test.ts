import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DESKTOP, launchBrowser, PHONE } from './browser.ts';
import { expectAccessible } from './expectations.ts';
import { layoutShiftOf, MOST_SHIFT, watchLayoutShift } from './layout-shift.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';
import { makeFullWorld } from './screenshots/full-world.ts';
import { PICTURES, STATES, type State } from './screenshots/pages.ts';
import { signInEverybody } from './screenshots/sign-in-everybody.ts';
import { openPicture } from './screenshots/take-pictures.ts';
import type { Person, World } from './screenshots/world.ts';
import { poorlySetOn } from './typesetting.ts';

const WIDE = { width: 2560, height: 1200 };

/** Gives the page the two frames in which it takes on a new width. */
const resize = async (page: Page, viewport: typeof WIDE): Promise<void> => {
  await page.setViewportSize(viewport);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
};

/**
 * The pages of the pictures, with 26 jobs and 9 clusters. Six minutes: asked for by hand, `ATMO_EVERY_PAGE=yes`. Tests of single
 * pages look at most of this each time.
 */
describe.runIf(process.env['ATMO_EVERY_PAGE'] === 'yes')('every page', () => {
  let stack: LocalStack;
  let browser: Browser;
  let people: ReadonlyMap<Person, Page>;
  let world: World;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    people = await signInEverybody(browser, stack.url);
    world = await makeFullWorld(stack, people);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const withPage = async (
    { as = 'alice', path }: (typeof PICTURES)[number],
    state: State,
    check: (page: Page) => Promise<void>,
    viewport = PHONE,
  ): Promise<void> => {
    const person = people.get(as);
    if (person === undefined) throw new Error(`${as} is not signed in.`);
    const page = await person.context().newPage();
    try {
      await watchLayoutShift(page);
      await page.setViewportSize(viewport);
      await openPicture(page, stack.url + path(world), state);
      await check(page);
    } finally {
      await page.close();
    }
  };
  const shownIn = (state: State) => PICTURES.filter(({ states = STATES }) => states.includes(state));

  describe.each([PHONE, DESKTOP])('at $width px', (viewport) => {
    it.each(shownIn('full'))('$name does not move while it loads', (picture) =>
      withPage(
        picture,
        'full',
        async (page) => {
          expect(await layoutShiftOf(page)).toBeLessThan(MOST_SHIFT);
        },
        viewport,
      ),
    );
  });

  it.each(shownIn('full'))('$name is accessible in both themes, and fits', (picture) =>
    withPage(picture, 'full', async (page) => {
      await picture.act?.(page);
      await expectAccessible(page, [PHONE]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page, [DESKTOP]);
      for (const viewport of [WIDE, DESKTOP, PHONE]) {
        await resize(page, viewport);
        expect(await poorlySetOn(page), `at ${viewport.width} px`).toEqual([]);
      }
    }),
  );

  // Together, since each waits for the tries that a read has.
  it.concurrent.each(shownIn('failing'))('$name says that it failed, and offers another try', (picture) =>
    withPage(picture, 'failing', async (page) => {
      await page.getByRole('button', { name: 'Try again' }).first().waitFor();
    }),
  );
});
