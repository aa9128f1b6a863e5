import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

const EMR = path.resolve(import.meta.dirname, '../../../emr');

const scripts = readdirSync(EMR, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(sh|py|service|timer|json)$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name));

/** Commands, each in one line. */
const commandsOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));

describe('no launch depends on a package registry', () => {
  it('knows the scripts', () => {
    expect(scripts.map((file) => path.relative(EMR, file))).toEqual(
      expect.arrayContaining(['bootstrap/bootstrap.sh', 'bootstrap/python-environment.sh', 'steps/run_notebook.py']),
    );
  });

  it.each(scripts.map((file) => [path.relative(EMR, file), file]))('%s names none', (_name, file) => {
    const text = commandsOf(file).join('\n');
    expect(text).not.toMatch(/pypi|pythonhosted|conda\.anaconda|registry\.npmjs|repo1?\.maven|--(extra-)?index-url/i);
    expect(text).not.toMatch(/\b(curl|wget|conda|npm|yum)\b\s+\S*(install|https?:)/);
  });

  it('has pip install from a folder alone, and only what is pinned', () => {
    const installs = scripts
      .flatMap(commandsOf)
      .filter((line) => /\bpip3?['"]?,?\s*['"]?(install|download)\b/.test(line));
    expect(installs).toHaveLength(1);
    for (const install of installs) {
      for (const option of ['--no-index', '--find-links', '--require-hashes', '--only-binary :all:'])
        expect(install).toContain(option);
    }
  });
});
