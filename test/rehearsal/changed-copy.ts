import { appendFileSync, cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const NOT_COPIED = new Set(['node_modules', '.git', '.local', 'cdk.out', 'dist', 'coverage']);

/** A copy of the repository in which one function differs, so that the repository itself stays as it is. */
export const changedCopy = (directory: string, entry: string): string => {
  const copy = join(directory, 'changed');
  rmSync(copy, { recursive: true, force: true });
  // One by one: the copy is below the repository, which Node therefore refuses to copy whole.
  for (const name of readdirSync(REPOSITORY).filter((found) => !NOT_COPIED.has(found))) {
    cpSync(join(REPOSITORY, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  appendFileSync(join(copy, entry), "\nexport const changedBy = 'rehearsal';\n");
  return copy;
};
