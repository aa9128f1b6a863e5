import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage } from './browser.ts';
import { expectAccessible } from './expectations.ts';
import { newPublicKey } from '../rehearsal/smoke/ssh-key.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

describe('Spark sessions on the pages', () => {
  let stack: LocalStack;
  let browser: Browser;
  let alice: Page;
  let admin: Page;
  const faults: (readonly string[])[] = [];

  const signIn = async (email: string): Promise<Page> => {
    const opened = await openPage(browser);
    faults.push(opened.faults);
    await opened.page.context().request.post(`${stack.url}/local/sign-in`, { data: { email } });
    return opened.page;
  };

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    alice = await signIn('alice@example.com');
    admin = await signIn('admin@example.com');
    // This machine may have no Spark: the service then keeps a session without one, which takes no client.
    const order = { sessionsWithoutSpark: true };
    await alice.context().request.post(`${stack.url}/local/emr-serverless`, { data: order });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('begin from an empty list, with a form that tells the cost and refuses what is out of bounds', async () => {
    await alice.goto(`${stack.url}/sessions`);
    await alice.getByText('No active sessions').waitFor();
    await expectAccessible(alice);
    await alice.getByRole('link', { name: 'Start a session' }).first().click();
    await alice.getByText('At most per hour').waitFor();
    await alice.getByLabel('Name').fill('exploration');
    await alice.getByLabel('Idle time-out').fill('1');
    await alice.getByRole('button', { name: 'Start the session' }).click();
    await alice
      .getByText(/idle minutes/)
      .first()
      .waitFor();
    await expectAccessible(alice);
    await alice.getByLabel('Idle time-out').fill('30');
    await alice.getByRole('button', { name: 'Start the session' }).click();
    await alice.getByRole('heading', { name: 'exploration', level: 1 }).waitFor();
  });

  it('are connected to when they are ready, by what is pasted', async () => {
    await stack.advance('PT3M');
    await alice.getByText('Ready', { exact: false }).first().waitFor();
    await alice.getByRole('button', { name: 'Connect', exact: true }).click();
    await alice.getByText('pip install "pyspark[connect]==').waitFor();
    await alice.getByText('SparkSession.builder.remote("sc://').waitFor();
    await alice.getByText('The token ends in').waitFor();
    await alice.getByText('A client of Spark 4 connects too, but spark.sql()').waitFor();
    await expectAccessible(alice);
  });

  it('say why there is no Spark UI', async () => {
    await alice.getByRole('button', { name: 'Open Spark UI' }).click();
    await alice.getByRole('status').getByText('No Spark UI to open').waitFor();
    await alice.getByText('npm run spark:install').waitFor();
    await expectAccessible(alice);
  });

  it('are started again like an earlier one', async () => {
    await alice.getByRole('link', { name: 'Start one like this' }).click();
    await expect.poll(() => alice.getByLabel('Name').inputValue()).toBe('exploration');
  });

  it('are shared for viewing only', async () => {
    await alice.goBack();
    const table = alice.getByRole('table', { name: 'Who can see this' });
    await table.waitFor();
    const field = alice.getByRole('combobox', { name: 'Share with' });
    await field.fill('admin');
    await alice.getByRole('button', { name: 'Share', exact: true }).click();
    await table.getByText('admin', { exact: true }).waitFor();
    expect(await alice.getByText('View and manage').count()).toBe(0);
    await expectAccessible(alice);
  });

  it('are in the admins’ list', async () => {
    await admin.goto(`${stack.url}/admin/sessions?status=all`);
    await admin.getByRole('link', { name: 'exploration' }).waitFor();
    await expectAccessible(admin);
  });

  it('start on a cluster whose release has them, and are connected to in the same way', async () => {
    const posted = async (path: string, data: object): Promise<string> => {
      const answer = await alice.context().request.post(`${stack.url}${path}`, { data });
      return ((await answer.json()) as { id: string }).id;
    };
    // Long enough to be seen starting, however slow the page is.
    await stack.emr({ sessionsWithoutSpark: true, startSeconds: 90 });
    const sshKeyId = await posted('/api/ssh-keys', { title: 'laptop', key: newPublicKey() });
    const launch = { identifier: 'lively-bohr', sshKeyId, emrRelease: 'spark-8.0.0' };
    const id = await posted('/api/clusters', launch);
    await alice.goto(`${stack.url}/clusters/${id}`);
    await alice.getByText('You can connect when the cluster is ready.').waitFor();
    await stack.advance('PT3M');
    await alice.getByText('costs nothing beside the cluster').waitFor();
    await alice.getByRole('button', { name: 'Connect', exact: true }).click();
    await alice.getByRole('status').getByText('EMR is starting a Spark session on the cluster').waitFor();
    await expectAccessible(alice);
    await alice.getByText('pip install "pyspark[connect]==4.0.2"').waitFor();
    await alice.getByText(/x-aws-proxy-auth=.*;authorization=is-/).waitFor();
    await expectAccessible(alice);
    const old = await posted('/api/clusters', { ...launch, identifier: 'older-one', emrRelease: '7.13.0' });
    await alice.goto(`${stack.url}/clusters/${old}`);
    await alice.getByRole('heading', { name: 'older-one', level: 1 }).waitFor();
    expect(await alice.getByRole('button', { name: 'Connect', exact: true }).count()).toBe(0);
  });

  it('leave no error in the console', () => {
    expect(faults.flat()).toEqual([]);
  });
});
