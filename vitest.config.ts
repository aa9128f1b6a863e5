import { defineConfig } from 'vitest/config';

const suite = (name: string, seconds: number, setupFiles: string[] = []) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles,
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
  },
});

/** The contract tests of adapters whose services moto has, against moto. */
const moto = {
  test: {
    ...suite('contract', 60).test,
    name: 'moto',
    include: [
      'test/contract/*-repository.contract.test.ts',
      ...[
        'budget-accounts',
        'budget-notices',
        'dynamodb-table',
        'emr-on-ec2',
        'emr-serverless-engine',
        'job-identifiers',
        'job-schedules',
        'launch-slots',
        'mail-sender',
      ].map((file) => `test/contract/${file}.contract.test.ts`),
      ...['notebook-store', 'run-files'].map((file) => `test/contract/${file}.contract.test.ts`),
    ],
    globalSetup: ['test/moto/moto-server.ts'],
    setupFiles: ['test/moto/differences-setup.ts'],
  },
};

/** One project for each kind of test; `npx vitest run --project unit` runs one of them. */
export default defineConfig({
  test: {
    projects: [
      suite('unit', 20, ['test/unit/setup.ts']),
      suite('contract', 30),
      suite('workflow', 60),
      suite('local', 30),
      suite('infra', 120),
      suite('browser', 300),
      suite('spark', 300),
      moto,
    ],
  },
});
