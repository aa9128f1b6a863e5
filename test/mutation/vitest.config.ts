import { defineConfig } from 'vitest/config';

// As test/unit/setup.ts; here, because Stryker runs tests in threads, whose zone is that of the process.
process.env['TZ'] = 'Asia/Kathmandu';

/** The unit tests alone: a mutant of the domain that only a slower suite would notice counts as survived. */
export default defineConfig({ test: { include: ['test/unit/**/*.test.ts'], testTimeout: 120_000 } });
