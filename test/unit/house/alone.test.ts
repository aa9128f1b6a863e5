import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const FOLDERS = '{shared,functions,infra,emr,web,local,test,bench,.ci}/**/*';
const TEXT = /\.(ts|tsx|mjs|js|json|py|sh|html)$|\/[^./]+$/;
/** A path in quotes that begins with `../`, also within a template. */
const UPWARDS = /['"`]((?:\.\.\/)*\.\.)(?=[/'"`])/g;

/** Every place below `root` that names a path above it, as `file: path`. */
const pathsAbove = (root: string): readonly string[] =>
  globSync(FOLDERS, { cwd: root, withFileTypes: true, exclude: (entry) => entry.name === '__pycache__' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => TEXT.test(file))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(UPWARDS)]
        .map(([, path]) => path ?? '')
        .filter((path) => relative(root, resolve(dirname(file), path)).startsWith('..'))
        .map((path) => `${relative(root, file)}: ${path}`),
    );

const planted = mkdtempSync(join(tmpdir(), 'atmo-alone-'));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

describe('a clone stands alone', () => {
  it('reads nothing above its root', () => {
    expect(pathsAbove(process.cwd())).toEqual([]);
  });

  it.each([
    ['test/unit/a.test.ts', "new URL('../../../shared/x.json', import.meta.url)", '../../..'],
    ['test/b.ts', 'resolve(import.meta.dirname, "../..", name)', '../..'],
    ['test/c.ts', 'const file = `../../shared/${name}`;', '../..'],
    ['emr/steps/d.py', 'Path(__file__).parent / "../../../data"', '../../..'],
    ['.ci/run', "cat '../../data.json'", '../..'],
  ])('is not said of %s with a path above the root', (file, source, path) => {
    mkdirSync(join(planted, dirname(file)), { recursive: true });
    writeFileSync(join(planted, file), `${source}\nimport '../inside.ts';\n`);
    expect(pathsAbove(planted)).toEqual([`${file}: ${path}`]);
    rmSync(join(planted, file));
  });
});
