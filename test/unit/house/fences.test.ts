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
  'functions/ports/uses-infra.ts': `import type { X } from '../../infra/fine.ts';\nexport type Y = X;`,
  'functions/jobs/uses-sdk.ts': `import '@aws-sdk/client-emr';`,
  'functions/jobs/uses-cdk.ts': `import 'aws-cdk-lib';`,
  'functions/runs/uses-a-higher-floor.ts': `import type { X } from '../jobs/fine.ts';\nexport type Y = X;`,
  'functions/clusters/uses-its-own-floor.ts': `import '../ssh-keys/fine.ts';`,
  'functions/jobs/uses-an-adapter.ts': `import '../adapters/fine.ts';`,
  'functions/adapters/uses-a-use-case.ts': `import '../jobs/fine.ts';`,
  'functions/jobs/uses-wiring.ts': `import './jobs.lambda.ts';`,
  'functions/without-a-floor/fine.ts': `import '../ports/fine.ts';`,
  'infra/uses-functions.ts': `import '../functions/ports/fine.ts';`,
  'web/uses-functions.ts': `import '../functions/ports/fine.ts';`,
  'web/uses-prices.ts': `import '../shared/domain/price-table.ts';`,
  'local/uses-infra.ts': `import '../infra/fine.ts';`,
  'local/uses-react.ts': `import 'react';`,
  'shared/circle-a.ts': `import './circle-b.ts';`,
};

const ALLOWED: Record<string, string> = {
  // The other half of the circle, which is reported once.
  'shared/circle-b.ts': `import './circle-a.ts';`,
  'shared/fine.ts': `import 'zod';`,
  'shared/domain/price-table.ts': '',
  'functions/ports/fine.ts': `import '../../shared/fine.ts';`,
  'functions/adapters/fine.ts': `import '@aws-sdk/client-emr';\nimport '../ports/fine.ts';`,
  'functions/jobs/fine.ts': `import '../ports/fine.ts';\nexport type X = string;`,
  'functions/ssh-keys/fine.ts': `import '../ports/fine.ts';`,
  'functions/jobs/jobs.lambda.ts': `import '../adapters/fine.ts';\nimport './fine.ts';`,
  'infra/fine.ts': `import 'aws-cdk-lib';\nexport type X = string;`,
  'web/fine.ts': `import '../shared/fine.ts';\nimport 'react';`,
  'local/fine.ts': `import '../functions/ports/fine.ts';\nimport '../shared/fine.ts';`,
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
    const stopped = new Set(
      (output as ICruiseResult).summary.violations.filter(({ from }) => from.endsWith('.ts')).map(({ from }) => from),
    );
    expect([...stopped].toSorted()).toEqual(Object.keys(FORBIDDEN).toSorted());
  });

  it('stop a circle of folders that only wiring closes', async () => {
    const circle = mkdtempSync(join(tmpdir(), 'atmo-circle-'));
    const sources = {
      'functions/jobs/fine.ts': '',
      'functions/portal/fine.ts': '',
      'functions/jobs/jobs.lambda.ts': `import '../portal/fine.ts';`,
      'functions/portal/portal.lambda.ts': `import '../jobs/fine.ts';`,
    };
    for (const [file, source] of Object.entries(sources)) {
      mkdirSync(dirname(join(circle, file)), { recursive: true });
      writeFileSync(join(circle, file), `${source}\nexport const here = true;\n`);
    }
    const { output } = await cruise(['functions'], {
      ...rules.options,
      baseDir: circle,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
    });
    rmSync(circle, { recursive: true, force: true });
    const broken = (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
    expect(new Set(broken)).toEqual(new Set(['no-folder-cycles']));
  });
});
