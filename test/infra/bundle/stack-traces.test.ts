import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bundled } from '../../../infra/lambda-bundle.ts';

describe('a stack trace of a bundle', () => {
  const directory = mkdtempSync(join(tmpdir(), 'atmo-traces-'));
  /** Printed by a process of its own, as by Lambda. */
  const trace = (): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { handler } = await import(${JSON.stringify(join(directory, 'index.mjs'))});
         await handler().catch(({ stack }) => console.log(stack));`,
      ],
      { encoding: 'utf8' },
    );

  beforeAll(async () => {
    const { outputFiles } = await bundled('test/infra/bundle/failing.lambda.ts', 'us-west-2');
    for (const { path, contents } of outputFiles) writeFileSync(join(directory, basename(path)), contents);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('names the source and its line', () => {
    expect(trace()).toMatch(/^TypeError: as it must\n {4}at \S+ \(\S*test\/infra\/bundle\/failing\.lambda\.ts:3:9\)\n/);
  });

  it('names the bundle where its map is damaged', () => {
    writeFileSync(join(directory, 'index.mjs.map'), '{');
    expect(trace()).toMatch(/^TypeError: as it must\n {4}at .*index\.mjs:\d+:\d+/);
  });
});
