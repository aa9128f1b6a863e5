import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { answerInstead, answers, onBuiltPages, refuses } from './built-pages.ts';
import { alice, cluster, EMPTY } from './examples.ts';
import { eventually, expectAccessible } from './expectations.ts';

const mine = { ...cluster, identifier: 'frosty-curie-0042', owner: 'alice', ownerId: alice.id };

const MASTER = 'i-0aaaaaaaaaaaaaaaa';
const WORKER = 'i-0bbbbbbbbbbbbbbbb';
const TIMES = { createdAt: '2026-11-23T21:01:00.000Z', readyAt: '2026-11-23T21:09:00.000Z', finishedAt: null };

const steps = answers<'getClusterSteps'>({
  isWhole: true,
  steps: [
    {
      id: 's-2',
      name: 'Set up Zeppelin',
      state: 'FAILED',
      reason: 'Unknown Error. Zeppelin did not answer.',
      createdAt: TIMES.createdAt,
      startedAt: TIMES.readyAt,
      finishedAt: '2026-11-23T21:10:36.000Z',
    },
  ],
});
const instances = answers<'getClusterInstances'>({
  isWhole: true,
  instances: [
    { ...TIMES, id: MASTER, role: 'master', type: 'm5.xlarge', market: 'onDemand', state: 'RUNNING', reason: null },
    { ...TIMES, id: WORKER, role: 'task', type: 'm5.2xlarge', market: 'spot', state: 'BOOTSTRAPPING', reason: null },
  ],
});
const logOf = (instance: string | null, text: string) =>
  answers<'getBootstrapLog'>({
    instances: instance === null ? [] : [MASTER, WORKER],
    instance,
    logs: text === '' ? [] : [{ action: 1, stream: 'stdout', s3Uri: 's3://logs/stdout.gz', text, isWhole: true }],
  });

const ENDED = {
  phase: 'ended',
  status: 'TERMINATED_WITH_ERRORS',
  isActive: false,
  isReady: false,
  finishedAt: '2026-11-23T21:12:00.000Z',
  access: null,
} as const;

describe('the tabs of a cluster', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await answerInstead(page, 'getMe', answers<'getMe'>(alice));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(mine));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(page, 'getClusterSteps', steps);
    await answerInstead(page, 'getClusterInstances', instances);
    await answerInstead(page, 'getBootstrapLog', logOf(MASTER, 'bootstrap: done'));
  });

  it.each(['light', 'dark'] as const)('are accessible in the %s theme, and in the address', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('heading', { name: 'Access' }).waitFor();
    // AWS is asked only for what somebody looks at.
    expect(asked.filter((path) => /steps|instances|bootstrap/.test(path) && path.startsWith('/api/'))).toEqual([]);

    await page.getByRole('tab', { name: 'Steps' }).click();
    const step = page.getByRole('table', { name: 'Steps' }).getByRole('row', { name: 'Set up Zeppelin' });
    await step.getByText('Failed').waitFor();
    await step.getByText('Zeppelin did not answer.').waitFor();
    await step.getByText('1 min 36 s').waitFor();
    expect(new URL(page.url()).search).toBe('?tab=steps');
    await expectAccessible(page);

    await page.getByRole('tab', { name: 'Instances' }).click();
    await page.getByText('1 master, 1 task').waitFor();
    const worker = page.getByRole('table', { name: 'Instances' }).getByRole('row', { name: 'Task' });
    await worker.getByText('Bootstrapping').waitFor();
    await worker.getByRole('button', { name: 'Copy the instance id' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(WORKER);
    await expectAccessible(page);

    await page.getByRole('tab', { name: 'Bootstrap log' }).click();
    await page.getByRole('region', { name: 'Log' }).getByText('bootstrap: done').waitFor();
    await expectAccessible(page);
  });

  it('show the log of another instance, which the address names', async () => {
    await page.goto(`${pages.url}/clusters/c1?tab=bootstrap-log`);
    await page.getByText('bootstrap: done').waitFor();
    await answerInstead(page, 'getBootstrapLog', logOf(WORKER, 'a worker'));
    await page.getByRole('button', { name: 'Instance' }).click();
    await page.getByRole('option', { name: `${WORKER} (task)` }).click();
    await page.getByText('a worker').waitFor();
    expect(new URL(page.url()).searchParams.get('instance')).toBe(WORKER);
  });

  it('are read again twice a minute, with the state of the cluster, and no more once it has ended', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/instances')) asked.push(request.url());
    });
    await page.clock.install();
    await page.goto(`${pages.url}/clusters/c1?tab=instances`);
    await page.getByText('1 master, 1 task').waitFor();
    await page.clock.runFor(25_000);
    expect(asked).toHaveLength(1);
    await page.clock.runFor(10_000);
    await eventually(async () => asked.length).toBe(2);
    await answerInstead(page, 'getCluster', answers<'getCluster'>({ ...mine, ...ENDED }));
    await page.clock.runFor(5000);
    await eventually(async () => asked.length).toBe(3);
    await page.clock.runFor(300_000);
    expect(asked).toHaveLength(3);
  });

  it('say why there is nothing, and what failed', async () => {
    await answerInstead(page, 'getClusterSteps', answers<'getClusterSteps'>({ steps: [], isWhole: true }));
    await answerInstead(
      page,
      'getClusterInstances',
      refuses(503, 'AWS is busy', 'EMR is busy. Try again in a moment.'),
    );
    await answerInstead(page, 'getBootstrapLog', logOf(null, ''));
    await page.goto(`${pages.url}/clusters/c1?tab=steps`);
    await page.getByText('This cluster was launched without any.').waitFor();
    await page.getByRole('tab', { name: 'Bootstrap log' }).click();
    await page.getByText('EMR copies logs about every five minutes').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Instances' }).click();
    await page.getByText('EMR is busy.').waitFor();
    await expectAccessible(page);
    await answerInstead(page, 'getClusterInstances', instances);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 master, 1 task').waitFor();
  });

  it('are where a failure is explained: from its reason to the log of the instance that failed', async () => {
    const message = `On the master instance (${MASTER}), bootstrap action 1 returned a non-zero return code`;
    const statusReason = { code: 'BOOTSTRAP_FAILURE', message };
    const failed = { ...mine, ...ENDED, statusReason, isFailed: true, readyAt: null };
    await answerInstead(page, 'getCluster', answers<'getCluster'>(failed));
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('link', { name: 'Read the bootstrap log' }).click();
    await page.getByText('bootstrap: done').waitFor();
    await expectAccessible(page);
  });

  it('are the same for people it is shared with; the EMR console is for admins alone', async () => {
    const console = page.getByRole('link', { name: 'EMR console' });
    await answerInstead(page, 'getCluster', answers<'getCluster'>({ ...cluster, access: null, permissions: ['view'] }));
    await page.goto(`${pages.url}/clusters/c1?tab=instances`);
    await page.getByText('1 master, 1 task').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'Copy the cluster id' }).waitFor();
    expect(await console.count()).toBe(0);
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, permissions: ['administer'] }));
    await page.reload();
    expect(await console.getAttribute('href')).toContain('j-2AXXXXXXGAPLF');
  });
});
