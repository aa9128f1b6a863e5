// Plain JavaScript: whatever Node runs it, it must get as far as to name the remedy.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const REMEDY = 'Run `npm ci`, then `npm start`.';

const repository = fileURLToPath(new URL('..', import.meta.url));
const problem =
  Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR
    ? `ATMO needs Node ${NEEDED_MAJOR} or newer, this is ${process.versions.node}. npm ci installs the right one beside it. ${REMEDY}`
    : existsSync(`${repository}/node_modules/.package-lock.json`)
      ? null
      : `ATMO's libraries are not installed. ${REMEDY}`;

if (problem === null) {
  await import('./start.ts');
} else {
  console.error(problem);
  process.exitCode = 1;
}
