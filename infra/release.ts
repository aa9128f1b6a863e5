import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const REPOSITORY = new URL('..', import.meta.url);

/** Version and commit of what is deployed, for `/__version__`. */
export const release = (): { readonly version: string; readonly commit: string } => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', REPOSITORY), 'utf8')) as { version: string };
  return { version, commit: commit() };
};

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: REPOSITORY, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    // An archive without history can be deployed as well.
    return 'unknown';
  }
};
