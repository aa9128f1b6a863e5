import { appendFileSync, cpSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const NOT_COPIED = new Set(['node_modules', '.git', '.local', 'cdk.out', 'dist', 'coverage']);

/** A copy of the repository in which one function differs, so that the repository itself stays as it is. */
export const changedCopy = (directory: string, entry: string): string => {
  const copy = join(directory, 'changed');
  rmSync(copy, { recursive: true, force: true });
  cpSync(REPOSITORY, copy, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(source.slice(REPOSITORY.length).split('/')[0] ?? ''),
  });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  appendFileSync(join(copy, entry), "\nexport const changedBy = 'rehearsal';\n");
  return copy;
};
