import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext } from 'playwright-core';

import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { launchBrowser, openPage } from './browser.ts';
import { startLocalStack } from './local-stack.ts';
import { posted, uploaded } from './seeded.ts';

/**
 * Takes pictures of what each demo person sees and may do, on a local stack of its own: `npm run screenshots:people`.
 * Alice has a cluster and a job, which are nobody else's; Bob may see a second job of hers.
 */
const images = fileURLToPath(new URL('../../.local/screenshots/people/', import.meta.url));
const PEOPLE = ['alice', 'bob', 'maintainer', 'admin'] as const;

const stack = await startLocalStack();
const portal = stack.url;

const seed = async (request: APIRequestContext): Promise<string> => {
  const key = await posted<RouteOutput<Routes['addSshKey']>>(request, `${portal}/api/ssh-keys`, {
    title: 'alice@laptop',
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice@laptop',
  });
  const wanted = { identifier: 'explore', size: 2, lifetime: 8, sshKeyId: key.id, emrRelease: '7.13.0' };
  const { id } = await posted<RouteOutput<Routes['launchCluster']>>(request, `${portal}/api/clusters`, wanted);
  for (const identifier of ['private-report', 'shared-report'])
    await posted(request, `${portal}/api/spark-jobs`, {
      identifier,
      description: 'Greets somebody.',
      notebookUploadId: await uploaded(request, portal, 'greeting.ipynb', notebookText('greeting.ipynb')),
    });
  const grants = [{ to: 'user:bob', level: 'view' }];
  const shared = await request.put(`${portal}/api/spark-jobs/shared-report/grants`, { data: { grants } });
  if (!shared.ok()) throw new Error(`Sharing answered ${shared.status()}.`);
  await stack.advance('PT30M');
  return id;
};

const browser = await launchBrowser();
try {
  const contexts = new Map<string, Awaited<ReturnType<typeof openPage>>['page']>();
  for (const person of PEOPLE) {
    const { page } = await openPage(browser);
    await posted(page.context().request, `${portal}/local/sign-in`, { email: `${person}@example.com` });
    // Whom something is shared with has to have signed in.
    await page.context().request.get(`${portal}/api/me`);
    contexts.set(person, page);
  }
  const alice = contexts.get('alice');
  if (alice === undefined) throw new Error('Alice is not signed in.');
  const clusterId = await seed(alice.context().request);
  mkdirSync(images, { recursive: true });
  for (const [person, page] of contexts) {
    const pages = {
      dashboard: '/',
      clusters: '/clusters',
      jobs: '/spark-jobs',
      'cluster-of-alice': `/clusters/${clusterId}`,
      'private-job-of-alice': '/spark-jobs/private-report',
      'job-shared-with-bob': '/spark-jobs/shared-report',
      admin: '/admin',
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(portal + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      // Pages poll: the network is idle between two looks.
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `${images}${person}-${name}.png` });
    }
  }
  console.log(`The pictures are in ${images}`);
} finally {
  await browser.close();
  await stack.stop();
}
