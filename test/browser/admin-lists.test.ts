import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice@laptop';

describe('the lists of admins', () => {
  let stack: LocalStack;
  let browser: Browser;
  let admin: Page;
  let alice: Page;
  const faults: string[] = [];
  const clusterIds = new Map<string, string>();

  const signedIn = async (email: string): Promise<Page> => {
    const opened = await openPage(browser);
    await opened.page.context().request.post(`${stack.url}/local/sign-in`, { data: { email } });
    opened.page.on('pageerror', (error) => faults.push(error.message));
    return opened.page;
  };
  const posted = async (path: string, data: object): Promise<{ id: string }> => {
    const response = await alice.context().request.post(`${stack.url}${path}`, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
    return (await response.json()) as { id: string };
  };
  const dialog = () => admin.getByRole('dialog');
  const firstCells = (table: string) => admin.getByRole('table', { name: table }).locator('tbody th').allInnerTexts();

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    admin = await signedIn('admin@example.com');
    alice = await signedIn('alice@example.com');
    const { id: sshKeyId } = await posted('/api/ssh-keys', { title: 'laptop', key: KEY });
    for (const [identifier, size, emrRelease] of [
      ['bright-curie-0001', 1, '7.10.0'],
      ['calm-hopper-0002', 3, '7.10.0'],
      ['dark-noether-0003', 2, '7.9.0'],
    ] as const) {
      const cluster = { identifier, size, lifetime: 8, sshKeyId, emrRelease };
      clusterIds.set(identifier, (await posted('/api/clusters', cluster)).id);
    }
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  afterEach(() => {
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });

  it('are sorted by their headers and filtered by owner and release, as their address says', async () => {
    await admin.goto(`${stack.url}/admin/clusters`);
    const names = () => firstCells('clusters');
    await eventually(names).toEqual(['dark-noether-0003', 'calm-hopper-0002', 'bright-curie-0001']);
    await admin.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
    await eventually(names).toEqual(['bright-curie-0001', 'dark-noether-0003', 'calm-hopper-0002']);
    expect(new URL(admin.url()).searchParams.get('sort')).toBe('size');
    await expectAccessible(admin);
    await admin.goto(`${stack.url}/admin/clusters?sort=-size&emrRelease=7.10.0`);
    await eventually(names).toEqual(['calm-hopper-0002', 'bright-curie-0001']);
    await admin.getByRole('textbox', { name: 'Owner' }).fill('bob');
    await admin.getByText('No clusters like this').waitFor();
    await admin.getByRole('textbox', { name: 'Owner' }).fill('ALICE');
    await eventually(names).toEqual(['calm-hopper-0002', 'bright-curie-0001']);
  });

  it('sort people’s own clusters too', async () => {
    await alice.goto(`${stack.url}/clusters`);
    await alice.getByRole('columnheader', { name: 'Identifier' }).getByRole('button').click();
    const names = () => alice.getByRole('table', { name: 'clusters' }).locator('tbody th').allInnerTexts();
    await eventually(names).toEqual(['bright-curie-0001', 'calm-hopper-0002', 'dark-noether-0003']);
    await expectAccessible(alice);
  });

  it('terminate several at once and tell of each what became of it', async () => {
    await admin.goto(`${stack.url}/admin/clusters?sort=identifier`);
    await admin.getByRole('link', { name: 'bright-curie-0001' }).waitFor();
    await admin.route('**/api/admin/clusters/terminate', (route) => {
      const { ids } = route.request().postDataJSON() as { ids: string[] };
      // As if one of them had been removed since the page was read.
      const sent = ids.map((id) => (id === clusterIds.get('calm-hopper-0002') ? 'gone' : id));
      return route.continue({ postData: { ids: sent } });
    });
    await admin.getByRole('checkbox', { name: 'Choose all clusters of this page' }).click();
    await admin.getByRole('button', { name: 'Terminate' }).first().click();
    await dialog().getByText('dark-noether-0003').waitFor();
    await expectAccessible(admin);
    await dialog().getByRole('button', { name: 'Terminate' }).click();
    await dialog().getByText('Terminate: 2 of 3 done').waitFor();
    await dialog().getByText('gone: ').waitFor();
    await expectAccessible(admin);
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click();
    await eventually(() => firstCells('clusters')).toEqual(['calm-hopper-0002']);
    await admin.unroute('**/api/admin/clusters/terminate');
  });

  it('warn where one admin is left, as the user pool does not, and tell what each person uses', async () => {
    const warning = admin.getByText('admin is the only admin who has signed in');
    const second = async (groups: readonly string[]): Promise<void> => {
      await posted('/local/people', { email: 'second@example.com', groups });
      await (await signedIn('second@example.com')).close();
      await admin.goto(`${stack.url}/admin/people`);
      await admin.getByRole('row', { name: /second/ }).waitFor();
    };
    await admin.goto(`${stack.url}/admin/people`);
    await warning.waitFor();
    await admin.getByRole('row', { name: /alice/ }).getByText('Sessions: 0 of 3').waitFor();
    await expectAccessible(admin);
    await second(['admins']);
    expect(await warning.count()).toBe(0);
    await second([]);
    await warning.waitFor();
  });

  it('add, change and delete EMR releases, with refusals at their fields', async () => {
    await admin.goto(`${stack.url}/admin/emr-releases`);
    await admin.getByRole('link', { name: 'Add a release' }).click();
    await admin.getByRole('textbox', { name: 'Version' }).fill('6.15.0');
    await admin.getByRole('textbox', { name: 'Changelog' }).fill('https://docs.aws.amazon.com/emr/');
    await admin.getByRole('button', { name: 'Add' }).click();
    await admin.getByText('EMR 6.15.0 is too old').waitFor();
    await admin.getByRole('textbox', { name: 'Version' }).fill('7.10.0');
    await admin.getByText('This release is in the list. Edit it there.').waitFor();
    await admin.getByRole('textbox', { name: 'Version' }).fill('7.8.0');
    expect(await admin.getByRole('textbox', { name: 'Spark' }).inputValue()).toBe('3.5.4');
    await expectAccessible(admin);
    await admin.getByRole('button', { name: 'Add' }).click();
    await admin.getByText('EMR 7.8.0 was saved.').waitFor();
    await admin.getByRole('link', { name: '7.8.0', exact: true }).click();
    await admin.getByRole('textbox', { name: 'Spark' }).fill('3.5.4-amzn-1');
    await admin.getByRole('checkbox', { name: 'Deprecated' }).click();
    await admin.getByRole('button', { name: 'Save' }).click();
    const row = admin.getByRole('row', { name: /7\.8\.0/ });
    await row.getByText('Deprecated').waitFor();
    await row.getByText('3.5.4-amzn-1').waitFor();
    await expectAccessible(admin);
    await admin.getByRole('link', { name: '7.8.0', exact: true }).click();
    await admin.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await admin.getByText('EMR 7.8.0 was deleted.').waitFor();
    await eventually(() => firstCells('EMR releases')).not.toContain('7.8.0');
  });

  it('keep a release that something uses, and say so', async () => {
    await admin.goto(`${stack.url}/admin/emr-releases/edit?version=7.10.0`);
    await admin.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await dialog().getByText('EMR 7.10.0 is in use by 1 active clusters').waitFor();
  });

  it('call what was done in the audit trail by its name, also where an entry has only the id', async () => {
    const id = clusterIds.get('calm-hopper-0002') ?? '';
    const shared = await alice.context().request.put(`${stack.url}/api/clusters/${id}/grants`, {
      data: { grants: [{ to: 'user:admin', level: 'view' }] },
    });
    expect(shared.ok()).toBe(true);
    await admin.goto(`${stack.url}/admin/audit`);
    const entry = admin.getByRole('row', { name: /cluster\.share/ });
    await entry.getByText(id, { exact: true }).waitFor();
    await entry.getByRole('link', { name: 'calm-hopper-0002' }).click();
    await admin.getByRole('heading', { name: 'calm-hopper-0002' }).waitFor();
  });
});
