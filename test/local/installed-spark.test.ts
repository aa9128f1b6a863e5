import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isMadeHere, isSparkInstalled, wantedMarker } from '../../local/spark/installed-spark.ts';
import { SCRIPTS, sparkPaths, type SparkPaths } from '../../local/spark/paths.ts';

describe('an installed Spark', () => {
  let paths: SparkPaths;
  const write = (file: string, content: unknown): void => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  };
  const kernels = ({ python = paths.python, scripts = SCRIPTS } = {}): void => {
    for (const name of ['pyspark', 'python3'])
      write(path.join(paths.venv, 'share', 'jupyter', 'kernels', name, 'kernel.json'), {
        argv: [python, '-m', 'ipykernel_launcher'],
        env: { PYTHONPATH: path.join(scripts, 'kernel') },
      });
  };
  beforeEach(() => {
    paths = sparkPaths(mkdtempSync(path.join(tmpdir(), 'atmo-installed-')), 'emr-7.x');
    write(paths.python, '');
    write(paths.marker, wantedMarker(paths));
    kernels();
  });
  afterEach(() => rmSync(path.resolve(paths.root, '../..'), { recursive: true }));

  it('is recognised where it was installed', () => {
    expect(isSparkInstalled(paths)).toBe(true);
  });

  it.each([
    ['a clone that was moved or copied', () => ({ ...wantedMarker(paths), venv: '/gone/.local/spark/emr-7.x/venv' })],
    ['scripts of another clone', () => ({ ...wantedMarker(paths), scripts: '/gone/emr' })],
    ['an earlier version', () => ({ ...wantedMarker(paths), requirements: 'other' })],
    ['a marker without paths', () => ({ requirements: wantedMarker(paths).requirements })],
    ['a damaged marker', () => '{"requirements'],
  ])('is not taken for installed from %s', (_what, marker) => {
    write(paths.marker, marker());
    expect(isSparkInstalled(paths)).toBe(false);
  });

  it('is not taken for installed where its kernels start another Python, or other scripts', () => {
    kernels({ python: '/gone/venv/bin/python' });
    expect(isSparkInstalled(paths)).toBe(false);
    kernels({ scripts: '/gone/emr' });
    expect(isSparkInstalled(paths)).toBe(false);
    kernels();
    expect(isSparkInstalled(paths)).toBe(true);
  });

  it.each([
    ['VIRTUAL_ENV="<here>"', true],
    ["    export VIRTUAL_ENV='<here>'", true],
    ['    export VIRTUAL_ENV=$(cygpath <here>)\n    export VIRTUAL_ENV=<here>', true],
    ['VIRTUAL_ENV="/gone<here>"', false],
    ['VIRTUAL_ENV="<here>2"', false],
    ['', false],
  ])('has a Python that was made here, by %j: %j', (line, isHere) => {
    write(path.join(paths.venv, 'bin', 'activate'), `# made by venv\n${line.replaceAll('<here>', paths.venv)}\n`);
    expect(isMadeHere(paths)).toBe(isHere);
  });
});
