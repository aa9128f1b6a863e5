import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext, Page } from 'playwright-core';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { launchBrowser, openPage } from './browser.ts';
import { posted, uploaded } from './seeded.ts';

/**
 * Takes the README's pictures of a local stack that is running, with Spark installed and no data of alice's yet:
 * `npm run screenshots:readme -- http://localhost:3000`
 */
const portal = process.argv[2] ?? 'http://localhost:3000';
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const NOTEBOOK = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  cells: [
    {
      cell_type: 'markdown',
      id: 'a',
      metadata: {},
      source: '# Active users\n\nHow many people came back, by **country**.',
    },
    {
      cell_type: 'code',
      id: 'b',
      metadata: { tags: ['parameters'] },
      execution_count: null,
      outputs: [],
      source: 'days = 1',
    },
    {
      cell_type: 'code',
      id: 'c',
      metadata: {},
      execution_count: null,
      outputs: [],
      source:
        'visits = [(d, c) for d in range(30) for c in ("DE", "FR", "US")]\nprint(f"{days} days, {sum(d < days for d, _ in visits)} visits")',
    },
    {
      cell_type: 'code',
      id: 'd',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: 'shares = {c: 1 / (days - 7) for _, c in visits}\nshares',
    },
  ],
};

const seed = async (request: APIRequestContext): Promise<void> => {
  const key = await posted<RouteOutput<Routes['addSshKey']>>(request, `${portal}/api/ssh-keys`, {
    title: 'alice@laptop',
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice@laptop',
  });
  const launch = (identifier: string, size: number) =>
    posted(request, `${portal}/api/clusters`, {
      identifier,
      size,
      lifetime: 8,
      sshKeyId: key.id,
      emrRelease: '7.10.0',
    });
  await launch('frosty-curie-0042', 3);
  const job = async (identifier: string, days: number) =>
    posted(request, `${portal}/api/spark-jobs`, {
      identifier,
      notebookUploadId: await uploaded(request, portal, 'active-users.ipynb', JSON.stringify(NOTEBOOK)),
      description: 'How many people came back, by country.',
      emrRelease: '7.10.0',
      parameters: { days },
      schedule: { type: 'cron', expression: '0 6 * * ? *', timeZone: 'Europe/Berlin' },
    });
  await job('active-users-daily', 1);
  await job('active-users-weekly', 7);
  await posted(request, `${portal}/local/clock`, { advance: 'PT47M' });
  await launch('keen-hopper-0007', 1);
  for (const name of ['active-users-daily', 'active-users-weekly'])
    await posted(request, `${portal}/api/spark-jobs/${name}/run`, {});
};

const runsEnded = async (page: Page): Promise<void> => {
  for (const state of ['Succeeded', 'Failed']) {
    await page.getByText(state, { exact: true }).first().waitFor({ timeout: 300_000 });
  }
};

const browser = await launchBrowser();
const { page } = await openPage(browser);
const take = async (name: string): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${images}${name}.png` });
};

mkdirSync(images, { recursive: true });
await page.goto(portal);
await page.getByRole('link', { name: 'Sign in' }).click();
await page.getByRole('button', { name: /alice@example\.com/ }).click();
await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
await seed(page.context().request);

await page.goto(portal);
await runsEnded(page);
await take('dashboard');

await page.goto(`${portal}/new/cluster`);
await page.getByRole('spinbutton', { name: 'Size' }).fill('5');
await page.getByText('For 8 hours').waitFor();
await page.waitForTimeout(1000);
await take('launch');

await page.goto(`${portal}/clusters`);
await page.getByRole('link', { name: 'frosty-curie-0042' }).click();
await page.getByRole('heading', { name: 'Access' }).waitFor();
await take('cluster');

await page.goto(`${portal}/spark-jobs/active-users-daily`);
await page.getByRole('table', { name: 'runs' }).getByRole('link', { name: 'Run 1' }).waitFor();
await take('job');

await page.goto(`${portal}/spark-jobs/active-users-weekly`);
await page.getByRole('table', { name: 'runs' }).getByRole('link', { name: 'Run 1' }).click();
await page.getByRole('heading', { name: 'Traceback' }).waitFor();
await take('run');

await browser.close();
