import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { iconNames, onlyUsedIcons, quotedWords } from '../../../web/build/only-used-icons.ts';

const code = readFileSync(
  new URL('icon/generated/icons.js', import.meta.resolve('@cloudscape-design/components/package.json')),
  'utf8',
);

const transformed = (): string => {
  const { transform } = onlyUsedIcons();
  if (typeof transform !== 'object' || typeof transform.handler !== 'function') throw new Error('No transform.');
  return String((transform.handler as (text: string) => unknown)(code));
};

describe('the icons of the pages', () => {
  it('are those in quotes in our pages or in the components they use', () => {
    const names = iconNames(code);
    expect(names.length).toBeGreaterThan(100);
    const kept = iconNames(transformed());
    const words = quotedWords();
    expect(kept).toEqual(names.filter((name) => words.has(name)));
    // A dismissible alert closes, a table's header sorts, a state has its sign.
    for (const name of ['close', 'caret-up-filled', 'status-warning', 'copy']) expect(kept).toContain(name);
    expect(kept).not.toContain('microphone');
    expect(kept.length).toBeLessThan(names.length / 2);
  });

  it('leave a module that runs', async () => {
    const transformedCode = transformed();
    const module = transformedCode.replace(
      "import React from 'react'",
      'const React = { createElement: (tag) => tag }',
    );
    const { default: icons } = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as {
      default: Record<string, string>;
    };
    expect(Object.keys(icons)).toEqual(iconNames(transformedCode));
    expect(icons['close']).toBe('svg');
  });
});
