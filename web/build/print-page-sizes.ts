import { budgetOf, overweight, pageSizes } from './page-sizes.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

/** Prints the size of each page when it is opened first. Fails if a page is over its budget. */
const sizes = (await pageSizes()).toSorted((a, b) => a.gzip - b.gzip);
for (const { page, gzip, brotli } of sizes) {
  process.stdout.write(`${page.padEnd(26)} ${kilobytes(gzip)} gzip  ${kilobytes(brotli)} brotli\n`);
}
for (const { page, gzip } of overweight(sizes)) {
  process.stderr.write(`${page} is over its budget by ${kilobytes(gzip - budgetOf(page))}.\n`);
  process.exitCode = 1;
}
