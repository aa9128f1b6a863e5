import { existsSync, globSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { MOTO_DIFFERENCES, MOTO_LACKS } from '../../moto/differences.ts';

describe('where moto differs from AWS', () => {
  it('is named after tests that there are', () => {
    const tests = globSync('test/contract/*.ts').map((file) => readFileSync(file, 'utf8'));
    const titles = Object.keys(MOTO_DIFFERENCES).map((name) => name.split(' > ').at(-1) ?? '');
    expect(titles.filter((title) => !tests.some((text) => text.includes(`it('${title}'`)))).toEqual([]);
  });

  it('is covered by tests that there are', () => {
    const files = MOTO_LACKS.flatMap(({ coveredBy }) =>
      [...coveredBy.matchAll(/test\/[\w/.-]+/g)].map(([file]) => file),
    );
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
