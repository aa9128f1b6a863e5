import { FIRST_PAGE, FIRST_PAGE_BUDGET, pageSizes } from './page-sizes.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

/** Prints what each page weighs when it is opened first, and fails where the first page is over its budget. */
const sizes = (await pageSizes()).toSorted((a, b) => a.gzip - b.gzip);
for (const { page, gzip, brotli } of sizes) {
  process.stdout.write(`${page.padEnd(26)} ${kilobytes(gzip)} gzip  ${kilobytes(brotli)} brotli\n`);
}
const first = sizes.find(({ page }) => page === FIRST_PAGE);
if (first === undefined || first.gzip > FIRST_PAGE_BUDGET) {
  process.stderr.write(`${FIRST_PAGE} is over its budget of ${kilobytes(FIRST_PAGE_BUDGET)}.\n`);
  process.exitCode = 1;
}
