import { defineConfig } from 'vitest/config';

// As test/unit/setup.ts; here, because Stryker runs tests in threads, whose zone is that of the process.
process.env['TZ'] = 'Asia/Kathmandu';

/**
 * The unit tests alone: a mutant of the domain that only a slower suite would notice counts as survived. Those of the pages are
 * left out, since each of their notebooks of 500,000 cells runs through the domain for every mutant.
 */
export default defineConfig({
  test: { include: ['test/unit/**/*.test.ts'], exclude: ['test/unit/web/**'], testTimeout: 120_000 },
});
