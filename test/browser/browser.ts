import { chromium, type Browser, type Page } from 'playwright-core';

import { findChromium } from './chromium.ts';

/** Nothing of Chromium's own traffic, and a fresh profile each time. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Milliseconds; a page that has to wait for its next look at the server needs a few seconds. */
export const PATIENCE = 20_000;

export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium was found; CHROMIUM may name one.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
};

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** A page on a clock other than UTC, which keeps what a person never sees but we must: faults and refused content. */
export const openPage = async (
  browser: Browser,
): Promise<{ readonly page: Page; readonly faults: readonly string[] }> => {
  const context = await browser.newContext({ viewport: DESKTOP, timezoneId: 'Europe/Berlin', locale: 'en-GB' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused request is the API's business and is told to the person; what the sandbox refuses a notebook is its duty.
    const isExpected =
      message.text().startsWith('Failed to load resource') || message.location().url.endsWith('/sandbox.html');
    if (message.type() === 'error' && !isExpected) faults.push(message.text());
  });
  return { page, faults };
};
