import type { Page } from 'playwright-core';

import { notebookPath } from '../../notebooks/notebooks.ts';

/** Fills the form of a Spark job as far as a notebook and a few words do. */
export const pickNotebook = async (page: Page): Promise<void> => {
  await page.getByRole('textbox', { name: 'Identifier' }).fill('visits-by-city');
  await page.getByRole('textbox', { name: 'Description' }).fill('Visits of the last day, by city.');
  await page.getByLabel('Pick a notebook').setInputFiles(notebookPath('greeting.ipynb'));
  await page.getByText('greeting.ipynb is uploaded').waitFor();
};
