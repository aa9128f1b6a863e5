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

/** Tests that start whole stacks build pages and deployment once. */
const BUILDS_SETUP = 'test/builds/builds-setup.ts';
const withBuilds = ({ test }: ReturnType<typeof suite>) => ({ test: { ...test, globalSetup: [BUILDS_SETUP] } });

/** The contract tests of adapters whose services moto has, against moto. */
const moto = {
  test: {
    ...suite('contract', 60).test,
    name: 'moto',
    include: [
      'test/contract/*-repository.contract.test.ts',
      ...[
        'bootstrap-logs',
        'budget-accounts',
        'budget-notices',
        'cluster-details',
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
      withBuilds(suite('local', 30)),
      suite('infra', 120),
      withBuilds(suite('browser', 300)),
      // Its files share environments, and have the machine's processors for themselves: one after the other.
      {
        test: {
          ...suite('spark', 300).test,
          globalSetup: [BUILDS_SETUP, 'test/spark/connect-clients-folder.ts'],
          fileParallelism: false,
        },
      },
      moto,
    ],
  },
});
