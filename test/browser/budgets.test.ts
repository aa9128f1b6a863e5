import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newPublicKey } from '../rehearsal/smoke/ssh-key.ts';
import { launchBrowser, openPage } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

describe('a budget', () => {
  let stack: LocalStack;
  let browser: Browser;
  let alice: Page;
  let admin: Page;

  const signIn = async (email: string): Promise<Page> => {
    const { page } = await openPage(browser);
    await page.context().request.post(`${stack.url}/local/sign-in`, { data: { email } });
    return page;
  };
  const launch = async (size: string): Promise<void> => {
    await alice.goto(`${stack.url}/new/cluster`);
    await alice.getByLabel('Size').fill(size);
    await alice.getByRole('button', { name: 'Launch the cluster' }).click();
  };
  const mails = async (): Promise<string[]> => {
    const answer = await alice.context().request.get(`${stack.url}/local/mailbox`);
    return ((await answer.json()) as { subject: string }[]).map(({ subject }) => subject);
  };

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    alice = await signIn('alice@example.com');
    admin = await signIn('admin@example.com');
    const data = { title: 'Key', key: newPublicKey() };
    await alice.context().request.post(`${stack.url}/api/ssh-keys`, { data });
    // So that the portal knows who alice is.
    await alice.goto(stack.url);
    await alice.getByText('No limit').waitFor();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('is set by an admin, who is told of names that nobody has', async () => {
    await admin.goto(`${stack.url}/admin/budgets`);
    await admin.getByRole('button', { name: 'Add a person' }).click();
    await admin.getByLabel('Name of the person').fill('nobody-here');
    await admin.getByLabel('Dollars a month for nobody-here').fill('5');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByText("Nobody called 'nobody-here' has signed in").first().waitFor();
    await admin.getByLabel('Name of the person').fill('alice');
    await admin.getByRole('button', { name: 'Save' }).click();
    await admin.getByText('$0.00 used', { exact: true }).waitFor();
    // The history names the person, not the id that is stored.
    await admin.getByText('people.alice').waitFor();
    await expectAccessible(admin);
    await admin.getByRole('link', { name: 'Cancel' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('is shown on the dashboard and beside the form, before the click', async () => {
    await alice.goto(stack.url);
    await alice.getByText('$0.00 of $5.00').first().waitFor();
    await expectAccessible(alice);
    await alice.goto(`${stack.url}/new/cluster`);
    await alice.getByText('1 master = 1 × m7g.xlarge').waitFor();
    await alice.getByText(/Budget this month: \$0\.00 of \$5\.00 used\. With this cluster: \$1\./).waitFor();
    await alice.getByLabel('Size').fill('9');
    await alice.getByText('1 master + 9 workers = 10 × m7g.xlarge').waitFor();
    await alice.getByText('This would be refused').waitFor();
  });

  it('refuses a launch over it with the reason, mails it, and lets a smaller one pass', async () => {
    await launch('9');
    await alice
      .getByText(/The budget of alice is \$5\.00 for .* would add \$18\./)
      .last()
      .waitFor();
    await launch('1');
    await alice.getByText('Cost so far').waitFor();
    await stack.advance('PT2M');
    await eventually(mails).toContainEqual(expect.stringMatching(/The budget of alice for .* is used up/));
  });

  it('is lifted for the person by an admin until the month ends', async () => {
    await admin.goto(`${stack.url}/admin/budgets`);
    await admin.getByRole('textbox', { name: 'Person', exact: true }).fill('alice');
    await admin.getByLabel('Dollars this month').fill('50');
    await admin.getByLabel('Reason').fill('quarter end');
    await admin.getByRole('button', { name: 'Lift the limit' }).click();
    await admin.getByText(/alice: \$50\.00 in .* \(quarter end\)/).waitFor();
    await launch('9');
    await alice.getByText('Cost so far').waitFor();
    await alice.goto(stack.url);
    await alice
      .getByText(/of \$50\.00/)
      .first()
      .waitFor();
  });
});
