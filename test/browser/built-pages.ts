import { fileURLToPath } from 'node:url';
import type { Browser, Page, Route as Intercepted } from 'playwright-core';
import { preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

import { routes, type RouteName, type RouteOutput, type Routes } from '../../shared/contract/api.ts';
import { builtPages } from '../builds/builds.ts';
import { launchBrowser, openPage } from './browser.ts';

const CONFIG = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));

/** The built pages on a port of their own, without any API behind them. */
const serveBuiltPages = async (): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const outDir = await builtPages();
  const server = await preview({ configFile: CONFIG, build: { outDir }, preview: { port: 0, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The preview has no address.');
  return {
    url: url.replace(/\/$/, ''),
    stop: () => server.close(),
  };
};

interface BuiltPages {
  /** Where the pages are. */
  readonly url: string;
  readonly browser: Browser;
}

/**
 * The built pages in a browser, for the tests of a suite: each has a fresh page, and fails by what it says to the console.
 * @param prepare begins each test with its page, mostly with answers of the API
 */
export const onBuiltPages = (prepare: (page: Page) => void | Promise<void>): BuiltPages => {
  let served: Awaited<ReturnType<typeof serveBuiltPages>>;
  let browser: Browser;
  let opened: Awaited<ReturnType<typeof openPage>>;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serveBuiltPages(), launchBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });
  beforeEach(async () => {
    opened = await openPage(browser);
    await prepare(opened.page);
  });
  afterEach(async () => {
    await opened.page.context().close();
    if (opened.faults.length > 0) throw new Error(opened.faults.join('\n'));
  });
  return {
    get url() {
      return served.url;
    },
    get browser() {
      return browser;
    },
  };
};

type Answer = (intercepted: Intercepted) => Promise<void>;

export const answers =
  <Name extends RouteName>(output: RouteOutput<Routes[Name]>): Answer =>
  (intercepted) =>
    intercepted.fulfill({ json: output });

export const refuses =
  (status: number, title: string, detail: string): Answer =>
  (intercepted) =>
    intercepted.fulfill({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title, status, detail, requestId: 'request-1' }),
    });

/** Never answers, like a server that hangs. */
export const hangs: Answer = () => new Promise(() => undefined);

/** Puts an answer in the place of one route of the API; the latest counts. */
export const answerInstead = async (page: Page, name: RouteName, answer: Answer): Promise<void> => {
  const pattern = new RegExp(`${routes[name].path.replaceAll(/\{\w+\}/g, '[^/]+')}(\\?.*)?$`);
  await page.route(pattern, (intercepted) =>
    intercepted.request().method() === routes[name].method ? answer(intercepted) : intercepted.fallback(),
  );
};
