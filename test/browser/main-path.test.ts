import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookPath } from '../notebooks/notebooks.ts';
import { launchBrowser, openPage } from './browser.ts';
import { eventually, expectAccessible } from './expectations.ts';
import { startLocalStack, type LocalStack } from './local-stack.ts';

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl alice@laptop';
const NOTEBOOK = notebookPath('greeting.ipynb');
/** Without Spark on this machine a run says so; with it the notebook is really executed. */
const DONE = /^(Succeeded|Not executed)$/;

describe('what a data scientist does', () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let faults: readonly string[];

  const heading = (name: string | RegExp): Locator => page.getByRole('heading', { name, level: 1 });
  const dialog = (): Locator => page.getByRole('dialog');
  const table = (name: string): Locator => page.getByRole('table', { name });
  const fact = (label: string): Locator =>
    page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd[1]');

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startLocalStack(), launchBrowser()]);
    ({ page, faults } = await openPage(browser));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('signs in and comes back to the page that was wanted', async () => {
    await page.goto(`${stack.url}/clusters`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /alice@example\.com/ }).click();
    await heading('Clusters').waitFor();
    expect(page.url()).toBe(`${stack.url}/clusters`);
    await page.getByText('No active clusters').waitFor();
    await expectAccessible(page);
  });

  it('is led to add an SSH key first, and back', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Launch a cluster' }).first().click();
    await page.getByText('Add an SSH key first').waitFor();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Public key' }).fill('-----BEGIN OPENSSH PRIVATE KEY-----');
    await page.getByText('That is your private key').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Pick a public key file').setInputFiles({
      name: 'id_ed25519.pub',
      mimeType: 'text/plain',
      buffer: Buffer.from(`${PUBLIC_KEY}\n`),
    });
    await eventually(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('alice@laptop');
    await page.getByRole('button', { name: 'Add the key' }).click();
    await heading('Launch a cluster').waitFor();
    await page.getByText('The key alice@laptop was added.').waitFor();
  });

  it('sees the key with its fingerprints, and the line itself', async () => {
    await page.goto(`${stack.url}/ssh-keys`);
    await table('SSH keys').getByRole('link', { name: 'alice@laptop' }).click();
    await page.getByText('SHA256:').waitFor();
    await page.getByText(PUBLIC_KEY).waitFor();
    await fact('Used by').getByText('None of your active clusters').waitFor();
    await expectAccessible(page);
  });

  it('launches a cluster at a cost that is told while typing', async () => {
    await page.goto(`${stack.url}/new/cluster`);
    await eventually(() => page.getByRole('textbox', { name: 'Identifier' }).inputValue()).toMatch(
      /^[a-z]+-[a-z]+-\d{4}$/,
    );
    const total = fact('For 8 hours');
    await eventually(() => total.textContent()).toMatch(/^\$\d/);
    const alone = await total.textContent();
    await page.getByRole('spinbutton', { name: 'Size' }).fill('31');
    await page.getByText('You may launch up to 30 workers.').waitFor();
    await page.getByRole('spinbutton', { name: 'Size' }).fill('3');
    await eventually(() => total.textContent()).not.toBe(alone);
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Identifier' }).fill('first-cluster');
    await page.getByRole('button', { name: 'Launch the cluster' }).click();
    await heading('first-cluster').waitFor();
    await page.getByRole('link', { name: 'Launch one like this' }).waitFor();
    expect(await page.getByRole('button', { name: 'Open Spark UI' }).count()).toBe(0);
  });

  it('sees the cluster become ready by itself, and how to reach it', async () => {
    await stack.advance('PT15M');
    await fact('State').getByText('Ready').waitFor();
    await page.getByRole('button', { name: 'Open Spark UI' }).waitFor();
    await fact('Cost at expiry').getByText(/^\$\d/).waitFor();
    await page.getByRole('heading', { name: 'Access' }).waitFor();
    await page.getByRole('button', { name: 'Copy tunnel command' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^ssh -N -L 8888:localhost:8888 -L 8890:localhost:8890 hadoop@\S+$/);
    await page.getByLabel('Name my private key').check();
    await page.getByLabel('Private key file').fill('~/.ssh/work');
    await page.getByLabel('tunnel command', { exact: true }).getByText('ssh -i ~/.ssh/work -N').waitFor();
    await expectAccessible(page);
  });

  it('sees its steps, its instances and its bootstrap log', async () => {
    await page.getByRole('tab', { name: 'Steps' }).click();
    await table('Steps').getByText('Completed').waitFor();
    await page.getByRole('tab', { name: 'Instances' }).click();
    await page.getByText('1 master, 3 core').waitFor();
    await page.getByRole('tab', { name: 'Bootstrap log' }).click();
    await page.getByRole('region', { name: 'Log' }).getByText('The local EMR has no instances').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
  });

  it('sees on its key that it uses it', async () => {
    await page.getByRole('link', { name: 'View the key' }).click();
    await heading('alice@laptop').waitFor();
    await fact('Used by').getByRole('link', { name: 'first-cluster' }).click();
    await heading('first-cluster').waitFor();
  });

  it('extends it and terminates it', async () => {
    const expires = await fact('Expires').textContent();
    await page.getByRole('button', { name: 'Extend' }).click();
    await dialog().getByRole('spinbutton', { name: 'Hours' }).fill('1');
    await dialog()
      .getByText(/whole number of at least 2/)
      .waitFor();
    await dialog().getByRole('spinbutton', { name: 'Hours' }).fill('2');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Extend' }).click();
    await page.getByText('8 hours, extended 1 time').waitFor();
    expect(await fact('Expires').textContent()).not.toBe(expires);

    await page.getByRole('button', { name: 'Terminate' }).click();
    await dialog().getByRole('button', { name: 'Terminate' }).click();
    await stack.advance('PT5M');
    await fact('State').getByText('Terminated', { exact: true }).waitFor();
    await page.getByText('Terminated by alice.').waitFor();
    await page.goto(`${stack.url}/clusters?status=terminated`);
    await table('clusters').getByRole('link', { name: 'first-cluster' }).waitFor();
    await expectAccessible(page);
  });

  it('uploads a notebook and schedules it', async () => {
    await page.goto(`${stack.url}/new/spark-job`);
    await page.getByRole('textbox', { name: 'Identifier' }).fill('first-job');
    await page.getByText('Free', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Create the Spark job' }).click();
    await page.getByText('Give a description.').waitFor();
    await page.getByRole('textbox', { name: 'Description' }).fill('Prints a message.');
    const pick = page.getByLabel('Pick a notebook');
    await pick.setInputFiles({ name: 'renamed.ipynb', mimeType: 'text/plain', buffer: Buffer.from('no notebook') });
    await page.getByText('This file is not JSON').waitFor();
    await page.getByRole('button', { name: 'Create the Spark job' }).click();
    await eventually(() => pick.evaluate((input) => input === document.activeElement && input.ariaInvalid)).toBe(
      'true',
    );
    await expectAccessible(page);
    await pick.setInputFiles(NOTEBOOK);
    await page.getByText('greeting.ipynb is uploaded').waitFor();
    await page.getByRole('button', { name: 'Add from the notebook: who' }).click();
    await eventually(() => page.getByRole('textbox', { name: 'Value' }).inputValue()).toBe('nobody');
    await page.getByRole('textbox', { name: 'Value' }).fill('hello');
    await page.getByRole('radio', { name: 'Cron expression' }).check();
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('0 6 * * *');
    await page.getByText('A cron expression has six fields').waitFor();
    await page.getByRole('textbox', { name: 'Cron expression' }).fill('30 2 * * ? *');
    await eventually(() => page.getByRole('row', { name: /UTC \d{4}-\d\d-\d\d 02:30$/ }).count()).toBe(5);
    await expectAccessible(page);
    await page.getByRole('radio', { name: 'Daily' }).check();
    await eventually(() => page.getByRole('radio', { name: 'EMR Serverless' }).isChecked()).toBe(true);
    await page.getByText('1 driver + at most 1 executor = 2 × 4 vCPU, 16 GB').waitFor();
    await page.getByRole('button', { name: 'Create the Spark job' }).click();
    await heading('first-job').waitFor();
  });

  it('sees its first run come and end by itself, with its results and logs', async () => {
    await stack.advance('PT1H');
    await fact('State').getByText(DONE).waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Notebook' }).click();
    await page.getByLabel('Code', { exact: true }).first().getByText('who = "nobody"').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Results' }).click();
    await page.getByRole('button', { name: 'Show outcome.json' }).click();
    await page.getByLabel('outcome.json', { exact: true }).getByText('"status"').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Logs' }).click();
    await page
      .getByRole('link', { name: /stdout/ })
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await table('runs').getByRole('link', { name: 'Run 1' }).click();
    await heading('Run 1 of first-job').waitFor();
    await page.getByText('who = "hello"').waitFor();
    await page.getByRole('tab', { name: 'Details' }).click();
    await fact('EMR release').waitFor();
    await expectAccessible(page);
  });

  it('runs it now with other parameters', async () => {
    await page.goto(`${stack.url}/spark-jobs/first-job`);
    await page.getByRole('button', { name: 'Run now' }).click();
    await dialog().getByLabel('Change the parameters for this run').check();
    await dialog().getByRole('textbox', { name: 'Value' }).fill('42');
    await dialog().getByText('The notebook gets a number.').waitFor();
    await dialog().getByRole('button', { name: 'Run now' }).click();
    await heading('Run 2 of first-job').waitFor();
    await page.getByRole('list', { name: 'Stages of the run' }).waitFor();
    await page.getByText('who = 42').waitFor();
    await stack.advance('PT1H');
    await page.getByText(DONE).first().waitFor();
    await page.getByRole('link', { name: 'Previous run' }).click();
    await heading('Run 1 of first-job').waitFor();
  });

  it('is told on one page why a run failed', async () => {
    await page.goto(`${stack.url}/spark-jobs/first-job/edit`);
    await page.getByRole('radio', { name: 'Cluster' }).check();
    await page.getByText('1 master = 1 × m7g.xlarge').waitFor();
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await heading('first-job').waitFor();
    await stack.emr({ failNext: 'BOOTSTRAP_FAILURE' });
    await page.getByRole('button', { name: 'Run now' }).click();
    await dialog().getByRole('button', { name: 'Run now' }).click();
    await heading('Run 3 of first-job').waitFor();
    await stack.advance('PT1H');
    await page.getByText('The run failed').waitFor();
    await page.getByText('The cluster could not be prepared').waitFor();
    await page.getByText('BOOTSTRAP_FAILURE:').waitFor();
    await expectAccessible(page);
  });

  it('edits, disables and deletes it', async () => {
    await page.goto(`${stack.url}/deleted-spark-jobs/first-job`);
    await page.getByRole('button', { name: 'Run now' }).waitFor();
    await page.goto(`${stack.url}/spark-jobs/first-job`);
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Description' }).fill('Prints another message.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Prints another message.').waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await fact('State').getByText('Disabled').waitFor();
    await page.goto(stack.url);
    await table('Spark jobs').getByRole('link', { name: 'first-job' }).waitFor();
    await expectAccessible(page);
    await table('Spark jobs').getByRole('link', { name: 'first-job' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.getByText('The Spark job first-job was deleted.').waitFor();
    await page.getByText('No Spark jobs yet').waitFor();
  });

  it('finds the runs of the deleted job, and what they wrote', async () => {
    await page.getByRole('link', { name: 'Deleted Spark jobs' }).click();
    await heading('Deleted Spark jobs').waitFor();
    await table('deleted Spark jobs').getByRole('link', { name: 'first-job' }).click();
    await page.getByText('This job was deleted.').waitFor();
    await expectAccessible(page);
    await table('runs').getByRole('link', { name: 'Run 1' }).click();
    await heading('Run 1 of first-job').waitFor();
    await page.getByText('who = "hello"').waitFor();
    await eventually(() => page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
    const way = page.getByRole('navigation', { name: 'Breadcrumb' });
    await way.getByRole('link', { name: 'first-job' }).click();
    await page.getByText('This job was deleted.').waitFor();
    await page.getByRole('tab', { name: 'Results' }).click();
    // The newest run failed before its notebook began.
    await page.getByRole('button', { name: 'Run 1', exact: true }).click();
    await page.getByRole('button', { name: 'Show outcome.json' }).click();
    await page.getByLabel('outcome.json', { exact: true }).getByText('"status"').waitFor();
  });

  it('signs out', async () => {
    await page.getByRole('button', { name: /alice/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto(`${stack.url}/spark-jobs`);
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  it('met no fault on the way, and nothing that the content security policy refused', () => {
    expect(faults).toEqual([]);
  });
});
