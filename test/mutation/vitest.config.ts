import { defineConfig } from 'vitest/config';

/** The unit tests alone: a mutant of the domain that only a slower suite would notice counts as survived. */
export default defineConfig({ test: { include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 } });
