import { gzipSync } from 'node:zlib';

import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { answerInstead, answers } from './built-pages.ts';
import { launchBrowser, openPage } from './browser.ts';
import { job, progress, run } from './examples.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';
import { attack, expectNoScript, visibleText } from './scripts.ts';
import { posted, uploaded } from './seeded.ts';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

const SECTIONS = [
  ...['overview', 'clusters', 'sessions', 'spark-jobs', 'ssh-keys', 'alerts', 'settings', 'announcement', 'quotas'],
  ...['launches', 'budgets', 'emr-releases', 'people', 'audit', 'upkeep', 'usage'],
];

/** Where a person can put text of their own, and what marks it on a page. HTML of a notebook is in a sandbox, which has its own tests. */
const MARKS = [
  'key-title',
  'job-description',
  'parameter-value',
  'markdown-cell',
  'code-cell',
  'printed-output',
  'error-output',
  'announcement-title',
  'announcement-text',
  'help-link',
  'release-help',
  'application',
  'pause-reason',
  'override-reason',
  'tag-value',
] as const;

const code = (outputs: readonly object[], source = '') => ({
  cell_type: 'code',
  metadata: {},
  execution_count: 1,
  source,
  outputs,
});

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', metadata: {}, source: `# ${attack('markdown-cell')}\n\n[here](javascript:owned=1)` },
    code(
      [
        { output_type: 'stream', name: 'stdout', text: attack('printed-output') },
        {
          output_type: 'display_data',
          metadata: {},
          data: { 'text/html': `<table><tr><td>${attack('table-output')}</td></tr></table>` },
        },
        { output_type: 'error', ename: 'E', evalue: attack('error-output'), traceback: [attack('error-output')] },
      ],
      attack('code-cell'),
    ),
  ],
});

describe('a script in a text of a person', () => {
  let stack: LocalStack;
  let browser: Browser;
  let admin: Page;
  let alice: Page;
  const faults: (readonly string[])[] = [];
  const seen = new Set<string>();

  const signedIn = async (email: string): Promise<Page> => {
    const opened = await openPage(browser);
    faults.push(opened.faults);
    await posted(opened.page.context().request, `${stack.url}/local/sign-in`, { email });
    return opened.page;
  };
  const put = async (path: string, data: object): Promise<void> => {
    const response = await admin.context().request.put(`${stack.url}${path}`, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
  };
  const got = async (path: string): Promise<object> =>
    (await (await admin.context().request.get(`${stack.url}${path}`)).json()) as object;
  /** What GET answered, with changes. */
  const change = async (path: string, changes: object): Promise<void> =>
    put(path, { ...(await got(path)), ...changes });
  const visit = async (page: Page, path: string): Promise<void> => {
    await page.goto(stack.url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    const text = await visibleText(page);
    for (const mark of MARKS) if (text.includes(mark)) seen.add(mark);
    await expectNoScript(page);
  };

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    admin = await signedIn('admin@example.com');
    alice = await signedIn('alice@example.com');
    const { request } = alice.context();
    const key = await posted<RouteOutput<Routes['addSshKey']>>(request, `${stack.url}/api/ssh-keys`, {
      title: attack('key-title'),
      key: PUBLIC_KEY,
    });
    await posted(request, `${stack.url}/api/clusters`, {
      identifier: 'hostile',
      sshKeyId: key.id,
      size: 1,
      emrRelease: '7.13.0',
    });
    await posted(request, `${stack.url}/api/spark-jobs`, {
      identifier: 'hostile',
      description: attack('job-description'),
      parameters: { greeting: attack('parameter-value') },
      notebookUploadId: await uploaded(request, stack.url, `${attack('notebook-name')}.ipynb`, NOTEBOOK),
    });
    const release = { helpText: attack('release-help'), applications: ['Spark', attack('application', 50)] };
    await put('/api/admin/emr-releases/7.99.0', { ...release, changelogUrl: 'https://example.com/' });
    await change('/api/admin/announcement', {
      isEnabled: true,
      isMarkdown: true,
      title: attack('announcement-title'),
      content: `${attack('announcement-text')} [here](javascript:owned=1)`,
    });
    await change('/api/admin/settings', {
      helpLinks: [{ text: attack('help-link', 40), url: 'https://example.com/' }],
      accountingTags: { CostCenter: 'tag-value' },
    });
    await change('/api/admin/budgets', { eachPerson: 100 });
    const override = { username: 'alice', limit: 10, reason: attack('override-reason') };
    await posted(admin.context().request, `${stack.url}/api/admin/budgets/overrides`, override);
    const pause = { ...(await got('/api/admin/launches')), isPaused: true, reason: attack('pause-reason') };
    await posted(admin.context().request, `${stack.url}/api/admin/launches`, pause);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('is a text on every page of its owner', async () => {
    const { items } = (await (await alice.context().request.get(`${stack.url}/api/clusters`)).json()) as {
      readonly items: readonly { readonly id: string }[];
    };
    const paths = [
      '/',
      '/clusters',
      `/clusters/${items[0]?.id}`,
      '/new/cluster',
      '/sessions',
      '/new/session',
      '/usage',
    ];
    for (const path of [...paths, '/spark-jobs', '/new/spark-job', '/ssh-keys']) await visit(alice, path);
    const address = '/spark-jobs/hostile';
    for (const path of [address, `${address}?tab=notebook`, `${address}?tab=settings`, `${address}/edit`])
      await visit(alice, path);
  });

  it('is a text on every page of the administration', async () => {
    for (const section of SECTIONS) await visit(admin, `/admin/${section}`);
  });

  it('is a text in every file of a run: its name, its cells, its lines', async () => {
    const name = (extension: string): string => `${attack('file-name')}.${extension}`;
    const columnData = [{ name: attack('column'), data: [attack('parquet-cell')] }];
    const files: Readonly<Record<string, Buffer>> = {
      [name('csv')]: Buffer.from(`${attack('column')}\n"${attack('csv-cell').replaceAll('"', '""')}"\n`),
      [name('parquet')]: Buffer.from(parquetWriteBuffer({ columnData })),
      'run.log': gzipSync(`${attack('log-line')}\n`),
    };
    await answerInstead(alice, 'getSparkJob', answers<'getSparkJob'>(job));
    await answerInstead(alice, 'getRun', answers<'getRun'>(run));
    await answerInstead(alice, 'getProgress', answers<'getProgress'>(progress));
    await answerInstead(alice, 'listRuns', answers<'listRuns'>({ items: [run], cursor: null }));
    await answerInstead(alice, 'listLogs', answers<'listLogs'>({ items: [], cursor: null }));
    const items = Object.keys(files).map((file, at) => ({
      key: `hostile/runs/r1/${file}`,
      name: file,
      s3Uri: `s3://results/hostile/runs/r1/${file}`,
      size: 1000,
      lastModified: '2026-11-23T21:00:00.000Z',
      etag: '"1"',
      url: `/files/${at}`,
    }));
    await answerInstead(alice, 'listResults', answers<'listResults'>({ items, cursor: null }));
    await alice.route(/\/files\/\d$/, (intercepted) =>
      intercepted.fulfill({ body: Object.values(files)[Number(intercepted.request().url().at(-1))] ?? '' }),
    );
    await alice.goto(`${stack.url}/spark-jobs/hostile/runs/r1?tab=files`);
    for (const [extension, mark] of [
      ['csv', 'csv-cell'],
      ['parquet', 'parquet-cell'],
    ] as const) {
      await alice.getByRole('button', { name: `Show ${name(extension)}` }).click();
      await alice.getByRole('cell', { name: attack(mark) }).waitFor();
    }
    await expectNoScript(alice);
    await alice.getByRole('tab', { name: 'Log' }).click();
    await alice.getByRole('region', { name: 'Log' }).getByText(attack('log-line')).waitFor();
    await expectNoScript(alice);
  });

  it('was on one of these pages, wherever it was put', () => {
    expect(MARKS.filter((mark) => !seen.has(mark))).toEqual([]);
    expect(faults.flat()).toEqual([]);
  });
});
