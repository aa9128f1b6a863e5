import type { Browser, Page } from 'playwright-core';

import { openPage } from '../browser.ts';
import { posted } from '../seeded.ts';
import { PEOPLE, type Person } from './world.ts';

/** A page of each person of a local stack, in a browser profile of their own. */
export const signInEverybody = async (browser: Browser, url: string): Promise<ReadonlyMap<Person, Page>> => {
  const people = new Map<Person, Page>();
  for (const person of PEOPLE) {
    const { page } = await openPage(browser);
    people.set(person, page);
    if (person === 'nobody') continue;
    await posted(page.context().request, `${url}/local/sign-in`, { email: `${person}@example.com` });
    // Only who has signed in is known to others.
    await page.context().request.get(`${url}/api/me`);
  }
  return people;
};
