import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkNotebook } from '../../../shared/domain/notebook/check-notebook.ts';
import { numberedCells } from '../../../shared/domain/notebook/changed-cells.ts';
import { anyText, holds, textsOf } from '../properties.ts';

const FILES = ['a.ipynb', 'a.json', 'a.zpln', 'a.txt', 'ipynb', ''] as const;

/** Mostly what belongs there. */
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() });

const source = fc.oneof(anyText, textsOf('a', ':', '=', ' ', '\n', '1', '[', '%load_ext sparkmagic', '%%sql', '"'));
const id = fc.constantFrom('cell-1', 'cell-2', 'cell-1-2', 'x'.repeat(64), 'x'.repeat(65), '', null, 7);

const cell = fc.record(
  {
    cell_type: mostly(fc.constantFrom('code', 'code', 'markdown', 'raw')),
    id,
    source: mostly(fc.oneof(source, fc.array(source, { maxLength: 3 }))),
    metadata: mostly(fc.record({ tags: fc.constantFrom(['parameters'], [], null) }, { requiredKeys: [] })),
    outputs: mostly(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 2 })),
  },
  { requiredKeys: ['cell_type'] },
);

const jupyter = fc.record(
  {
    nbformat: mostly(fc.constant(4)),
    nbformat_minor: mostly(fc.nat(5)),
    metadata: mostly(fc.dictionary(fc.constantFrom('kernelspec', 'language_info'), fc.jsonValue())),
    cells: mostly(fc.array(cell, { maxLength: 5 })),
  },
  { requiredKeys: ['nbformat', 'cells'] },
);

const zeppelin = fc.record(
  { paragraphs: mostly(fc.array(fc.record({ text: mostly(source) }), { maxLength: 5 })), name: mostly(fc.string()) },
  { requiredKeys: ['paragraphs'] },
);

const content = fc.oneof(
  fc.oneof(jupyter, zeppelin).map((file) => JSON.stringify(file)),
  fc.json(),
  anyText,
  textsOf('{', '}', '[', ']', '"', ':', ',', 'NaN', '-Infinity', '\\', '1', '"cells"', '"nbformat":4', '\uFEFF'),
);

describe('any file', () => {
  it('is checked without an exception, and refused with a remedy or stored as one that is complete', () => {
    holds(
      fc.property(fc.constantFrom(...FILES), content, (fileName, text) => {
        const check = checkNotebook(fileName, text);
        if (check.problem !== null) {
          expect(check.problem).toMatch(/\.$/);
          return;
        }
        const warnings = check.warnings.filter((warning) => !warning.startsWith('The file contains '));
        expect(checkNotebook(fileName, check.content)).toEqual({ ...check, warnings });
      }),
      1000,
    );
  });

  it('has an id for each cell that nbformat takes, and each another one', () => {
    holds(
      fc.property(fc.array(id, { minLength: 1, maxLength: 12 }), (ids) => {
        const cells = ids.map((each) => ({ cell_type: 'code', source: '', ...(each === null ? {} : { id: each }) }));
        const check = checkNotebook('a.ipynb', JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells }));
        const stored = JSON.parse(check.problem === null ? check.content : '{}') as { cells: { id: string }[] };
        expect(new Set(stored.cells.map((each) => each.id)).size).toBe(ids.length);
        for (const each of stored.cells) expect(each.id).toMatch(/^[\w-]{1,64}$/);
      }),
    );
  });

  it('has numbered cells, or is no notebook', () => {
    holds(
      fc.property(content, (text) => {
        for (const each of numberedCells(text) ?? []) expect(typeof each.source).toBe('string');
      }),
    );
  });
});

describe('a notebook of one large cell', () => {
  const notebookOf = (text: string): string =>
    JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', metadata: { tags: ['parameters'] }, source: text }] });

  // Each of these once took more than a minute, or ended in an exception.
  it.each([
    ['a blank annotation', 'a:', ' '],
    ['blanks after an annotation', 'a: int', ' \t'],
    ['a name', '', 'a'],
    ['digits before a letter', 'a = ', '1'],
    ['a fraction before a letter', 'a = 1.', '1_'],
    ['blanks before a value', 'a = ', ' '],
    ['wrapped lines', 'a = ', '\\\n'],
    ['blank lines in a list', 'a = [', '\n'],
    ['comments in a list', 'a = [', '#\n'],
    ['strings that are left open', '', 'a = """\n'],
    ['lists that are left open', '', 'a = [1,\n'],
    ['magics', '', '%load_ext sparkmagic\n'],
    ['a magic and blank lines', '%load_ext', '\n'],
  ])('offers what it can of a megabyte of %s', (_, start, part) => {
    const text = `${start}${part.repeat(1_000_000 / part.length)}x`;
    const check = checkNotebook('a.ipynb', notebookOf(text));
    expect(check.problem).toBeNull();
    if (check.problem === null) expect(JSON.stringify([check.parameters, check.warnings]).length).toBeLessThan(1000);
  });

  it('has as few warnings as there are magics, whatever follows them', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `%load_ext ${' '.repeat(index % 7)}sparkmagic${index}`);
    const check = checkNotebook('a.ipynb', notebookOf(lines.join('\n')));
    expect(check).toMatchObject({ warnings: [expect.stringMatching(/^Cell 1 uses %load_ext sparkmagic, /)] });
  });
});
