import path from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage } from '../browser/browser.ts';
import { startLocalStack, type LocalStack } from '../browser/local-stack.ts';
import { notebookPath } from '../notebooks/notebooks.ts';
import { freshPython } from './connect-client.ts';
import { LOCAL_DIRECTORY } from './spark-stack.ts';

/** Milliseconds. Spark starts, and the pages follow it. */
const PATIENCE = 300_000;

/** Everything as a person has it: pages in a browser, the portal, Spark, and a terminal of their own. */
describe('Spark by the pages of the portal', { timeout: 600_000 }, () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let faults: readonly string[];

  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });
  const inState = (state: RegExp) =>
    page
      .locator('dt', { hasText: /^State$/ })
      .locator('xpath=following-sibling::dd[1]')
      .getByText(state)
      .waitFor();

  const succeeded = () => page.getByText('Succeeded', { exact: true }).filter({ visible: true }).first().waitFor();

  const copied = async (label: string): Promise<string> => {
    await page.getByRole('button', { name: `Copy ${label}` }).click();
    return page.evaluate(() => navigator.clipboard.readText());
  };

  beforeAll(async () => {
    const ATMO_SPARK_DIR = path.resolve(process.env['ATMO_SPARK_DIR'] ?? path.join(LOCAL_DIRECTORY, 'spark'));
    [stack, browser] = await Promise.all([startLocalStack({ ATMO_SPARK_DIR }), launchBrowser()]);
    ({ page, faults } = await openPage(browser));
    page.context().setDefaultTimeout(PATIENCE);
    page.setDefaultTimeout(PATIENCE);
    await page.goto(stack.url);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /alice@example\.com/ }).click();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('answers spark.range(10).count() to a client from PyPI, by what the page of a session gives to paste', async () => {
    await page.goto(`${stack.url}/new/session`);
    await page.getByLabel('Name').fill('exploration');
    await page.getByRole('button', { name: 'Start the session' }).click();
    await heading('exploration').waitFor();
    await inState(/^Ready/);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();

    const person = freshPython();
    expect(await person.shell(await copied('the pip command'))).toMatchObject({ code: 0 });
    const shell = await person.pasted(await copied('the lines of Python'));
    expect(shell.output).toMatch(/^(>>> )*10$/m);
  });

  it('gives the table, the chart and the Parquet file of a notebook on EMR Serverless', async () => {
    await page.goto(`${stack.url}/new/spark-job`);
    await page.getByRole('textbox', { name: 'Identifier' }).fill('visits');
    await page.getByRole('textbox', { name: 'Description' }).fill('Counts visits by city.');
    await page.getByLabel('Pick a notebook').setInputFiles(notebookPath('visits-by-city.ipynb'));
    await page.getByText('visits-by-city.ipynb is uploaded').waitFor();
    await page.getByRole('radio', { name: 'EMR Serverless' }).check();
    await page.getByRole('button', { name: 'Create the Spark job' }).click();
    await heading('visits').waitFor();
    await stack.advance('PT1M');
    await page.getByRole('link', { name: 'Run 1' }).first().click();
    await heading('Run 1 of visits').waitFor();
    await succeeded();
    await page.getByRole('button', { name: 'Run again', disabled: false }).waitFor();

    await page.getByRole('tab', { name: 'Notebook' }).click();
    await page.getByRole('region', { name: 'Table' }).getByRole('cell', { name: 'Nairobi' }).waitFor();
    const chart = page.locator('.atmo-outputs').getByRole('img');
    await chart.scrollIntoViewIfNeeded();
    expect((await chart.boundingBox())?.width).toBeGreaterThan(100);

    await page.getByRole('tab', { name: 'Files' }).click();
    await page
      .getByRole('button', { name: /^Show .*visits by city\.parquet\/part-\S+$/ })
      .first()
      .click();
    await page
      .getByRole('cell', { name: /^(Berlin|Lima|Nairobi|Oslo|Zürich)$/ })
      .first()
      .waitFor();
  });

  it('opens Spark’s own pages of that run after its end, by a click', async () => {
    await page.getByRole('tab', { name: 'Spark UI' }).click();
    const opening = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open Spark UI' }).click();
    const sparkUi = await opening;
    await sparkUi.getByText('ATMO notebook application UI').waitFor();
    // The history server reads what the driver logged: jobs that it finished, with the lines of the notebook.
    const jobs = sparkUi.locator('#completedJob-table tbody tr');
    expect(await jobs.count()).toBeGreaterThan(3);
    await jobs.filter({ hasText: 'parquet at' }).first().waitFor();
    await sparkUi.getByRole('link', { name: 'Stages' }).first().click();
    await sparkUi.getByRole('heading', { name: 'Stages for All Jobs' }).waitFor();
    expect(await sparkUi.locator('#completedStage-table tbody tr').count()).toBeGreaterThan(3);
    await sparkUi.close();
  });

  it('compares the same notebook on both engines side by side: code and outputs are the same', async () => {
    await page.goto(`${stack.url}/spark-jobs/visits/edit`);
    await page.getByRole('radio', { name: 'Cluster' }).check();
    await page.getByText(/^1 master = /).waitFor();
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await heading('visits').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
    await heading('Run 2 of visits').waitFor();
    await succeeded();
    await page.getByRole('link', { name: /^Compare with the / }).click();
    await heading('Runs 1 and 2 of visits').waitFor();
    await page.getByText('All 5 code cells have the same code and the same outputs.').waitFor();
    const rows = await page.getByRole('table', { name: 'Facts of both runs' }).getByRole('row').allInnerTexts();
    expect(rows).toContain('Engine differs\tEMR Serverless\tCluster');
    expect(rows).toContain('Outcome\tSucceeded\tSucceeded');
    const differing = rows.filter((row) => /differs|longer|less|more/.test(row)).map((row) => row.split(/ |\t/)[0]);
    expect(differing.filter((name) => !['Took', 'Cost', 'Started', 'Engine', 'Size'].includes(name ?? ''))).toEqual([]);
  });

  it('leaves no error in the console', () => {
    expect(faults).toEqual([]);
  });
});
