import { defineConfig } from 'vitest/config';

const suite = (name: string, seconds: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: seconds * 1000, hookTimeout: seconds * 1000 },
});

/** One project for each kind of test; `npx vitest run --project unit` runs one of them. */
export default defineConfig({
  test: {
    projects: [
      suite('unit', 20),
      suite('contract', 30),
      suite('workflow', 60),
      suite('infra', 120),
      suite('browser', 300),
      suite('spark', 300),
    ],
  },
});
