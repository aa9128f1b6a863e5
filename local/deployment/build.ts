import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { StartupError } from '../startup-error.ts';
import { fingerprint } from './fingerprint.ts';

interface Build {
  /** What is built, for messages. */
  readonly what: string;
  /** Files and folders of the repository that the result depends on. */
  readonly sources: readonly string[];
  /** Node's arguments. @param outDirectory where the result goes, an absolute path */
  readonly command: (outDirectory: string) => readonly string[];
  readonly environment?: (outDirectory: string) => Readonly<Record<string, string>>;
}

/** The stacks of `infra/`. Bundles are not needed here: handlers run from their sources, pages have a build of their own. */
const SYNTHESIS: Build = {
  what: 'The deployment (infra/)',
  sources: ['infra', 'shared', 'emr', 'package-lock.json', 'package.json'],
  command: () => ['infra/portal.ts'],
  environment: (outDirectory) => ({
    CDK_OUTDIR: outDirectory,
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
    // Templates are validated by the infra tests; here it would double the time to the first start.
    CDK_VALIDATION: 'false',
  }),
};

const PAGES: Build = {
  what: 'The pages (web/)',
  sources: ['web', 'shared', 'package-lock.json'],
  command: (outDirectory) => [
    'node_modules/vite/bin/vite.js',
    'build',
    'web',
    '--outDir',
    outDirectory,
    '--logLevel',
    'warn',
  ],
  // A test's own, for one, would make the pages load React's development build.
  environment: () => ({ NODE_ENV: 'production' }),
};

/** @returns the directory of the cloud assembly */
export const synthesise = (repository: string, dataDirectory: string, signal: AbortSignal): Promise<string> =>
  buildOnce(SYNTHESIS, repository, path.join(dataDirectory, 'deployment'), signal);

/** @returns the directory of the built pages */
export const buildPages = (repository: string, dataDirectory: string, signal: AbortSignal): Promise<string> =>
  buildOnce(PAGES, repository, path.join(dataDirectory, 'web'), signal);

/** Builds into a folder named by the sources' hash, unless it is there already; removes what earlier sources gave. */
const buildOnce = async (build: Build, repository: string, directory: string, signal: AbortSignal): Promise<string> => {
  const result = path.join(directory, fingerprint(repository, build.sources));
  if (isWhole(result)) return result;
  if (existsSync(directory) && !statSync(directory).isDirectory()) rmSync(directory);
  mkdirSync(directory, { recursive: true });
  for (const earlier of readdirSync(directory)) rmSync(path.join(directory, earlier), { recursive: true, force: true });
  // Moved into place once it is whole: an interrupted build leaves nothing that looks like one.
  const draft = path.join(directory, 'building');
  await run(build, repository, draft, signal);
  renameSync(draft, result);
  writeFileSync(checkFile(result), fingerprint(directory, [path.basename(result)]));
  return result;
};

/** Whether a build is as it was made; one that was damaged since is made anew. */
const isWhole = (result: string): boolean =>
  existsSync(result) &&
  existsSync(checkFile(result)) &&
  readFileSync(checkFile(result), 'utf8') === fingerprint(path.dirname(result), [path.basename(result)]);

const checkFile = (result: string): string => `${result}.sha256`;

const run = (build: Build, repository: string, outDirectory: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, build.command(outDirectory), {
      cwd: repository,
      env: { ...process.env, ...build.environment?.(outDirectory) },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartupError(`${build.what} cannot be built:\n${output.trim()}`));
    });
  });
