import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';

import { launchBrowser } from '../browser.ts';
import { startLocalStack } from '../local-stack.ts';
import { makeFullWorld } from './full-world.ts';
import { PICTURES, STATES, type State } from './pages.ts';
import { takePictures, THEMES, WIDTHS } from './take-pictures.ts';
import { signInEverybody } from './sign-in-everybody.ts';

/**
 * Takes a picture of every page in every state, width and theme, on local stacks of its own: `npm run screenshots`, or
 * some of them: `npm run screenshots -- 'job.*' --state failing --width 390 --theme dark`.
 */
const FOLDER = fileURLToPath(new URL('../../../.local/screenshots/pages/', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { state: { type: 'string' }, width: { type: 'string' }, theme: { type: 'string' } },
});

/** @throws Error that lists what there is */
const chosen = <Item>(all: readonly Item[], isWanted: (item: string) => boolean): readonly Item[] => {
  const found = all.filter((item) => isWanted(String(item)));
  if (found.length === 0) throw new Error(`Nothing of that. There is ${all.join(', ')}.`);
  return found;
};
const among = (list: string | undefined) => (item: string) => list === undefined || list.split(',').includes(item);

const names = chosen(
  PICTURES.map(({ name }) => name),
  (name) => positionals.length === 0 || positionals.some((pattern) => new RegExp(`^(?:${pattern})$`).test(name)),
);
const states = chosen(STATES, among(values.state));
const wanted = {
  folder: FOLDER,
  pictures: PICTURES.filter(({ name }) => names.includes(name)),
  widths: chosen(WIDTHS, among(values.width)),
  themes: chosen(THEMES, among(values.theme)),
};

const takeOn = async (browser: Browser, taken: readonly State[]): Promise<readonly string[]> => {
  if (taken.length === 0) return [];
  const stack = await startLocalStack();
  try {
    const people = await signInEverybody(browser, stack.url);
    const world = taken.includes('empty') ? null : await makeFullWorld(stack, people);
    return await takePictures(stack.url, people, world, { ...wanted, states: taken });
  } finally {
    await stack.stop();
  }
};

if (positionals.length === 0) rmSync(FOLDER, { recursive: true, force: true });
for (const state of states) mkdirSync(join(FOLDER, state), { recursive: true });
const browser = await launchBrowser();
try {
  const isEmpty = (state: State): boolean => state === 'empty';
  const problems = [
    ...(await takeOn(browser, states.filter(isEmpty))),
    ...(await takeOn(
      browser,
      states.filter((state) => !isEmpty(state)),
    )),
  ];
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  console.log(`${files.length} pictures of ${(bytes / 1e6).toFixed(1)} MB are in ${FOLDER}`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
}
