import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { DATA_VERSION } from '../../local/data-version.ts';
import { buildPages, synthesise } from '../../local/deployment/build.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Names the folder of what was built once for all tests of a project; it ends with them. */
export const BUILDS = 'ATMO_TEST_BUILDS';

/**
 * The folder, in which the first test to ask builds the deployment and the pages as a stack does.
 * Of two tests that ask at once, each builds, and the later one takes what the other has.
 */
const builtOnce = async (directory: string): Promise<string> => {
  const built = path.join(directory, 'built');
  if (existsSync(built)) return built;
  const draft = mkdtempSync(path.join(directory, 'draft-'));
  const { signal } = new AbortController();
  await Promise.all([synthesise(REPOSITORY, draft, signal), buildPages(REPOSITORY, draft, signal)]);
  // A stack sets data without a version aside.
  writeFileSync(path.join(draft, 'version'), `${DATA_VERSION}\n`);
  try {
    renameSync(draft, built);
  } catch (error) {
    if (!existsSync(built)) throw error;
    rmSync(draft, { recursive: true });
  }
  return built;
};

/**
 * Puts the deployment and the pages into the data of a stack that has not started yet, so that its start builds neither.
 * Scripts outside the projects have no folder for it: their stack builds for itself.
 */
export const putBuilds = async (dataDirectory: string): Promise<void> => {
  const directory = process.env[BUILDS];
  if (directory !== undefined) cpSync(await builtOnce(directory), dataDirectory, { recursive: true });
};

/** The folder of the built pages. */
export const builtPages = async (): Promise<string> => {
  const directory = process.env[BUILDS];
  if (directory === undefined) throw new Error(`A project of tests needs the folder of its builds (${BUILDS}).`);
  return buildPages(REPOSITORY, await builtOnce(directory), new AbortController().signal);
};
