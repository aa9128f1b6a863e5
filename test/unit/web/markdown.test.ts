import { describe, expect, it } from 'vitest';

import { countElements, type Markup } from '../../../web/components/markup/markup.ts';
import { readFormula } from '../../../web/components/markup/read-formula.ts';
import { readMarkdown } from '../../../web/components/markup/read-markdown.ts';

const textOf = (markup: readonly Markup[]): string =>
  markup.map((each) => (typeof each === 'string' ? each : textOf(each.children))).join('');

const found = (markup: readonly Markup[], tag: string): readonly Markup[] =>
  markup.flatMap((each) =>
    typeof each === 'string' ? [] : [...(each.tag === tag ? [each] : []), ...found(each.children, tag)],
  );

/** The sources of formulas, as they reach TeX. */
const formulasIn = (text: string): readonly string[] => {
  const sources: string[] = [];
  readMarkdown(text, {
    formula: (source) => {
      sources.push(source.trim());
      return null;
    },
  });
  return sources;
};

describe('Markdown', () => {
  it('becomes elements, its headings below those of the page', () => {
    const markup = readMarkdown(
      '# One\n\n- a **b**\n- `c`\n\n3. d\n\n| x |\n|--:|\n| 1 |\n\n> q\n\n***\n\n~~no~~\\\nend',
    );
    expect(markup).toMatchObject([
      { tag: 'h3', children: ['One'] },
      { tag: 'ul', children: [{ tag: 'li' }, { tag: 'li', children: [{ tag: 'code', children: ['c'] }] }] },
      { tag: 'ol', properties: { start: 3 } },
      { tag: 'table' },
      { tag: 'blockquote' },
      { tag: 'hr' },
      { tag: 'p', children: [{ tag: 's' }, { tag: 'br' }, 'end'] },
    ]);
    expect(found(markup, 'td')).toMatchObject([{ properties: { align: 'right' } }]);
  });

  it('leaves no level out between two headings', () => {
    const tags = readMarkdown('## a\n#### b\n# c\n###### d').map((each) =>
      typeof each === 'string' ? each : each.tag,
    );
    expect(tags).toEqual(['h3', 'h4', 'h3', 'h4']);
  });

  it('leaves HTML and links to scripts as their text, and images as links', () => {
    const text =
      '<script>alert(1)</script> <b onclick="x">b</b> [a](javascript:alert(1)) [m](mailto:a@b.c) ![p](https://e.example/p.png)';
    const markup = readMarkdown(text);
    expect(textOf(markup)).toContain('<script>alert(1)</script> <b onclick="x">b</b>');
    expect(found(markup, 'a')).toMatchObject([
      { properties: { href: 'https://e.example/p.png', rel: 'noopener noreferrer nofollow' }, children: ['Image: p'] },
    ]);
    expect(found(markup, 'img')).toEqual([]);
  });

  it('finds addresses, and none in a file’s name', () => {
    const markup = readMarkdown('see https://spark.apache.org/docs or file.py');
    expect(found(markup, 'a')).toMatchObject([{ properties: { href: 'https://spark.apache.org/docs' } }]);
  });
});

describe('a formula in Markdown', () => {
  it.each([
    ['$x\\,dx$', 'x\\,dx'],
    ['a $\\{x\\}_i$ b', '\\{x\\}_i'],
    ['$$a_b\\\\ *c*$$', 'a_b\\\\ *c*'],
    ['$$\na\n- b\n\n# c\n$$', 'a\n- b\n\n# c'],
    ['text\n$$\na + b\n$$\nmore', 'a + b'],
    ['\\\\(x\\,y\\\\)', 'x\\,y'],
    ['\\\\[\nx\n\\\\]', 'x'],
    ['\\begin{align}\na &= b \\\\\n+ c\n\\end{align}', '\\begin{align}\na &= b \\\\\n+ c\n\\end{align}'],
    ['> $$\n> a\n> $$', 'a'],
  ])('reaches TeX as it was written: %j', (text, source) => {
    expect(formulasIn(text)).toEqual([source]);
  });

  it.each(['it costs $5 and $6', 'a \\$x$ b', '`$x$`', '    $$x$$', '$ x $', '$$ no end', 'in ${HOME} and $PATH'])(
    'is none in %j',
    (text) => {
      expect(formulasIn(text)).toEqual([]);
    },
  );

  it('is shown as its source where it cannot be read, nothing of it lost', () => {
    const markup = readMarkdown('$\\nosuch{x}\\,y$ and $$\\frac{1}$$', { formula: readFormula });
    expect(found(markup, 'code')).toMatchObject([{ children: ['\\nosuch{x}\\,y'] }, { children: ['\\frac{1}'] }]);
  });

  it('is MathML, and nothing that leads anywhere', () => {
    expect(JSON.stringify(readFormula('\\frac{a}{\\color{red}b}', true))).toMatch(/"tag":"mfrac".*"color":"#ff0000"/);
    for (const command of [
      'href{https://evil.example}{x}',
      'includegraphics{https://evil.example}',
      'url{https://e.example}',
    ])
      expect(readFormula(`\\${command}`, false)).toBeNull();
  });

  it.each([
    ['groups in groups', '{'.repeat(900) + '}'.repeat(900)],
    ['fractions in fractions', `${'\\frac{1}{'.repeat(200)}1${'}'.repeat(200)}`],
    ['macros of macros', '\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\a'],
    ['too much of it', 'x+'.repeat(5000)],
    ['too many parts', 'x'.repeat(1900)],
  ])('has an end: %s', (_, source) => {
    const formula = readFormula(source, false);
    expect(countElements(formula === null ? [] : [formula])).toBeLessThanOrEqual(1000);
  });
});
