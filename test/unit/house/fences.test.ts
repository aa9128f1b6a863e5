import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import rules from '../../../.dependency-cruiser.mjs';

/** A house in which each forbidden import was made, to see that the fences hold. */
const FORBIDDEN: Record<string, string> = {
  'shared/uses-node.ts': `import 'node:fs';`,
  'shared/uses-sdk.ts': `import '@aws-sdk/client-emr';`,
  'shared/uses-functions.ts': `import '../functions/fine.ts';`,
  'functions/uses-infra.ts': `import type { X } from '../infra/fine.ts';\nexport type Y = X;`,
  'functions/uses-sdk.ts': `import '@aws-sdk/client-emr';`,
  'functions/uses-cdk.ts': `import 'aws-cdk-lib';`,
  'infra/uses-functions.ts': `import '../functions/fine.ts';`,
  'web/uses-functions.ts': `import '../functions/fine.ts';`,
  'local/uses-infra.ts': `import '../infra/fine.ts';`,
  'local/uses-react.ts': `import 'react';`,
  'shared/circle-a.ts': `import './circle-b.ts';`,
};

const ALLOWED: Record<string, string> = {
  // The other half of the circle, which is reported once.
  'shared/circle-b.ts': `import './circle-a.ts';`,
  'shared/fine.ts': `import 'zod';`,
  'functions/fine.ts': `import '../shared/fine.ts';`,
  'functions/adapters/fine.ts': `import '@aws-sdk/client-emr';`,
  'infra/fine.ts': `import 'aws-cdk-lib';\nexport type X = string;`,
  'web/fine.ts': `import '../shared/fine.ts';\nimport 'react';`,
  'local/fine.ts': `import '../functions/fine.ts';\nimport '../shared/fine.ts';`,
};

let house = '';

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'atmo-fences-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(house, 'node_modules'));
  for (const [file, source] of Object.entries({ ...FORBIDDEN, ...ALLOWED })) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${source}\nexport const here = true;\n`);
  }
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the fences', () => {
  it('stop every forbidden import and no allowed one', async () => {
    const { output } = await cruise(['shared', 'functions', 'infra', 'web', 'local'], {
      ...rules.options,
      baseDir: house,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
    });
    const stopped = new Set((output as ICruiseResult).summary.violations.map(({ from }) => from));
    expect([...stopped].toSorted()).toEqual(Object.keys(FORBIDDEN).toSorted());
  });
});
