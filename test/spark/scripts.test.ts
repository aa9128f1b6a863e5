import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { SCRIPTS, sparkPaths } from '../../local/spark/paths.ts';
import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { LOCAL_DIRECTORY, SPARK } from './spark-stack.ts';

const files = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' }).filter(
  (file) => !file.includes('__pycache__'),
);
const shell = files.filter((file) => file.endsWith('.sh'));
const python = files.filter((file) => file.endsWith('.py'));

describe('the scripts of a cluster', () => {
  it('are clean by shellcheck', () => {
    expect(shell.length).toBeGreaterThan(6);
    const { error, status, stdout } = spawnSync('shellcheck', ['--external-sources', '--severity=style', ...shell], {
      cwd: SCRIPTS,
      encoding: 'utf8',
    });
    expect(error, 'shellcheck is missing (Debian, Ubuntu: apt-get install shellcheck)').toBeUndefined();
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it.each(shell)('%s is strict and evaluates nothing', (file) => {
    const text = readFileSync(path.join(SCRIPTS, file), 'utf8');
    expect(text).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(text).toMatch(/^set -E?euo pipefail$/m);
    expect(text).not.toMatch(/\beval\b|bash -c|sh -c/);
  });

  it('are Python that 3.9 understands, as Amazon Linux has it', () => {
    const check = 'import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f).read(), f, feature_version=(3, 9))';
    execFileSync(SPARK.python, ['-c', check, ...python], { cwd: SCRIPTS });
    for (const file of python) {
      const text = readFileSync(path.join(SCRIPTS, file), 'utf8');
      // `X | None` in an annotation is no syntax error, but fails on 3.9 where it is not postponed.
      if (/->|: [A-Z]\w+\b/.test(text) && !file.endsWith('_config.py') && !file.endsWith('__init__.py')) {
        expect(text).toContain('from __future__ import annotations');
      }
      expect(text).not.toMatch(/\beval\(|\bexec\(|os\.system|shell=True/);
    }
  });

  it.each(RELEASE_FAMILIES)(
    'wait neither for a grammar of IRIs, which takes longer than all else they import, nor for Arrow: %s',
    (family) => {
      const { python: program } = sparkPaths(LOCAL_DIRECTORY, family);
      const source =
        'import importlib.util, sys\nassert importlib.util.find_spec("rfc3987_syntax") and importlib.util.find_spec("pyarrow")\n' +
        'import atmo_run.jupyter_notebook\nprint("lark" in sys.modules, "pyarrow" in sys.modules)';
      const steps = path.join(SCRIPTS, 'steps');
      expect(execFileSync(program, ['-B', '-c', source], { cwd: steps, encoding: 'utf8' })).toBe('False False\n');
    },
  );

  it.each(RELEASE_FAMILIES)('pin every requirement of %s by hash, for both processor architectures', (family) => {
    const requirements = readFileSync(path.join(SCRIPTS, `requirements-${family}.txt`), 'utf8');
    const pins = requirements.split(/\n(?=[^\s#])/).slice(1);
    expect(pins.length).toBeGreaterThan(80);
    for (const pin of pins) expect(pin).toMatch(/^[\w.-]+==\S+[^]*--hash=sha256:[0-9a-f]{64}/);
    // Several hashes where there are several wheels: pip takes the one that fits.
    expect(pins.find((pin) => pin.startsWith('pyarrow=='))?.match(/--hash/g)?.length).toBeGreaterThan(10);
  });
});
