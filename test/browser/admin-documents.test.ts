import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage, PHONE } from './browser.ts';
import { expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const ATTACK = '<script>document.title="owned"</script> [link](javascript:document.title="owned")';

describe('what admins change while the portal runs', () => {
  let stack: LocalStack;
  let browser: Browser;
  let admin: Page;
  let alice: Page;
  const faults: string[] = [];

  const signedIn = async (email: string): Promise<Page> => {
    const opened = await openPage(browser);
    await opened.page.context().request.post(`${stack.url}/local/sign-in`, { data: { email } });
    opened.page.on('close', () => faults.push(...opened.faults));
    return opened.page;
  };
  const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();
  const history = (page: Page) => page.getByRole('table').getByRole('row');

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    admin = await signedIn('admin@example.com');
    alice = await signedIn('alice@example.com');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  afterEach(() => {
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  it('is an announcement, previewed while it is written and then on every page, also on phones', async () => {
    await admin.goto(`${stack.url}/admin/announcement`);
    await admin.getByRole('button', { name: /Style/ }).click();
    await admin.getByRole('option', { name: 'Warning' }).click();
    await admin.getByLabel('Title').fill('Maintenance');
    await admin.getByLabel('Text', { exact: true }).fill(`On **Sunday**. ${ATTACK}`);
    await admin.getByText('Markdown').click();
    await admin.locator('strong', { hasText: 'Sunday' }).waitFor();
    await admin.getByText('Show it on every page').click();
    await expectAccessible(admin);
    await save(admin);
    await history(admin).filter({ hasText: 'isEnabled' }).waitFor();
    await alice.setViewportSize(PHONE);
    await alice.goto(`${stack.url}/clusters`);
    await alice.getByText('Maintenance').waitFor();
    await alice.locator('strong', { hasText: 'Sunday' }).waitFor();
    await expect.poll(() => alice.title()).toBe('Clusters · ATMO');
    expect(await alice.locator('a[href^="javascript:"]').count()).toBe(0);
    await expectAccessible(alice);
  });

  it('are settings, with what differs before they are saved and in their history', async () => {
    await admin.goto(`${stack.url}/admin/settings`);
    await admin.getByText('Nothing differs.').waitFor();
    await admin.getByLabel('Longest lifetime (hours)').fill('48');
    await admin.getByLabel('Instance type of workers').fill('m5.xlarge');
    await admin.getByText('limits.maxLifetime').waitFor();
    await save(admin);
    // A screen reader is told it too.
    await admin.getByText('Choose the architecture of the master').first().waitFor();
    await admin.getByLabel('Instance type of workers').fill('m7g.2xlarge');
    await expectAccessible(admin);
    await save(admin);
    await history(admin).filter({ hasText: 'coreInstanceType' }).waitFor();
    const defaults = await alice.context().request.get(`${stack.url}/api/clusters/defaults`);
    expect(await defaults.json()).toMatchObject({ maxLifetime: 48 });
  });

  it('are quotas, also of one person', async () => {
    await admin.goto(`${stack.url}/admin/quotas`);
    await admin.getByLabel('SSH keys').fill('7');
    await admin.getByRole('button', { name: 'Add a person’s quota' }).click();
    await admin.getByLabel('Person 1').fill('alice');
    await admin.getByLabel('Value 1').fill('9');
    await expectAccessible(admin);
    await save(admin);
    await history(admin).filter({ hasText: 'people.alice' }).waitFor();
    const { quotas } = (
      (await (await admin.context().request.get(`${stack.url}/api/admin/people?query=alice`)).json()) as {
        items: [{ quotas: object }];
      }
    ).items[0];
    expect(quotas).toMatchObject({ clusters: { limit: 9 }, sshKeys: { limit: 7 } });
  });

  it('is the kill switch, whose reason everybody reads', async () => {
    await admin.goto(`${stack.url}/admin/launches`);
    await admin.getByRole('button', { name: 'Pause all launches' }).click();
    await admin.getByLabel('Reason').fill('Over the limit.');
    await admin.getByRole('button', { name: 'Pause', exact: true }).click();
    await admin.getByRole('button', { name: 'Let launches go on' }).waitFor();
    await expectAccessible(admin);
    await alice.goto(`${stack.url}/clusters`);
    await alice.getByText('Over the limit.').waitFor();
  });

  it('and news are marked until they are read', async () => {
    await alice.getByRole('link', { name: /^News/ }).filter({ hasText: 'new' }).click();
    await alice.getByRole('heading', { name: /ATMO is here/ }).waitFor();
    await alice.locator('.atmo-unread').waitFor({ state: 'detached' });
    await expectAccessible(alice);
    expect(await alice.getByRole('contentinfo').textContent()).toMatch(/ATMO .* \([0-9a-z]{7}\).*UTC/);
  });
});
