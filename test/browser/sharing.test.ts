import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newPublicKey } from '../rehearsal/smoke/ssh-key.ts';
import { launchBrowser, openPage, PHONE } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

interface SignedIn {
  readonly page: Page;
  readonly faults: readonly string[];
  /** Calls the API as this person. */
  readonly call: (path: string, body?: object) => Promise<Record<string, unknown>>;
}

describe('sharing a cluster', () => {
  let stack: LocalStack;
  let browser: Browser;
  let alice: SignedIn;
  let bob: SignedIn;
  let clusterUrl: string;

  const signIn = async (email: string): Promise<SignedIn> => {
    const { page, faults } = await openPage(browser);
    const { request } = page.context();
    const call: SignedIn['call'] = async (path, body) => {
      const answer = await (body === undefined
        ? request.get(stack.url + path)
        : request.post(stack.url + path, { data: body }));
      return (await answer.json()) as Record<string, unknown>;
    };
    await call('/local/sign-in', { email });
    return { page, faults, call };
  };
  const who = (page: Page): Locator => page.getByRole('table', { name: 'Who can see this' });

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    alice = await signIn('alice@example.com');
    bob = await signIn('bob@example.com');
    const { id: sshKeyId } = await alice.call('/api/ssh-keys', { title: 'Key', key: newPublicKey() });
    const { emrRelease } = await alice.call('/api/clusters/defaults');
    const { id } = await alice.call('/api/clusters', { identifier: 'shared-one', sshKeyId, emrRelease });
    clusterUrl = `${stack.url}/clusters/${String(id)}`;
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('hides it from a colleague at first', async () => {
    await bob.page.goto(clusterUrl);
    await bob.page.getByText('Not found').first().waitFor();
    await bob.page.goto(`${stack.url}/clusters`);
    await bob.page.getByText('No active clusters').waitFor();
  });

  it('finds the colleague by what is typed, and says why somebody cannot be found', async () => {
    const { page } = alice;
    await page.goto(clusterUrl);
    const field = page.getByRole('combobox', { name: 'Share with' });
    await field.fill('nobody-of-this-name');
    await field.press('Escape');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByText("Nobody called 'nobody-of-this-name'").waitFor();
    await expectAccessible(page);
    await field.fill('bo');
    await page.getByRole('option', { name: /bob@example\.com/ }).click();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await who(page).getByText('bob', { exact: true }).waitFor();
    await eventually(() => field.inputValue()).toBe('');
  });

  it('lets the colleague see it, without the way in and without controls', async () => {
    const { page } = bob;
    await page.goto(`${stack.url}/clusters`);
    await page.getByRole('link', { name: 'shared-one' }).waitFor();
    const search = page.getByRole('searchbox', { name: 'Find clusters' });
    await search.fill('another');
    await page.getByText('No clusters match “another”').waitFor();
    await expectAccessible(page);
    await search.fill('SHARED alice');
    await page.getByText('1 match').first().waitFor();
    await page.getByRole('link', { name: 'shared-one' }).click();
    await who(page).getByText('bob', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^(Extend|Terminate|Share)$/ }).count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Access' }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('lets them manage it once that is granted', async () => {
    await alice.page.getByRole('button', { name: /What bob may do/ }).click();
    await alice.page.getByRole('option', { name: 'View and manage' }).click();
    await eventually(async () => {
      await bob.page.reload();
      await who(bob.page).getByText('bob', { exact: true }).waitFor();
      return bob.page.getByRole('button', { name: 'Extend' }).count();
    }).toBe(1);
    expect(await bob.page.getByRole('combobox', { name: 'Share with' }).count()).toBe(0);
  });

  it('ends on a phone, too', async () => {
    await alice.page.setViewportSize(PHONE);
    await expectAccessible(alice.page);
    const removed = alice.page.waitForResponse((response) => response.request().method() === 'PUT');
    await alice.page.getByRole('button', { name: 'Remove bob' }).click();
    await removed;
    await who(alice.page).getByText('bob', { exact: true }).waitFor({ state: 'detached' });
    await bob.page.reload();
    await bob.page.getByText('Not found').first().waitFor();
    expect([...alice.faults, ...bob.faults]).toEqual([]);
  });
});
