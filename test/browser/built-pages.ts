import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Route as Intercepted } from 'playwright-core';
import { build, preview } from 'vite';

import { routes, type RouteName, type RouteOutput, type Routes } from '../../shared/contract/api.ts';

const CONFIG = fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url));

/** The built pages on a port of their own, without any API behind them. */
export const serveBuiltPages = async (): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const outDir = mkdtempSync(join(tmpdir(), 'atmo-pages-'));
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir } });
  const server = await preview({ configFile: CONFIG, build: { outDir }, preview: { port: 0, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The preview has no address.');
  return {
    url: url.replace(/\/$/, ''),
    stop: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
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
