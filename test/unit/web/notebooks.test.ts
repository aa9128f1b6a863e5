import { describe, expect, it } from 'vitest';

import { notebookText } from '../../notebooks/notebooks.ts';
import { readNotebook } from '../../../web/features/notebooks/read-notebook.ts';
import { withoutEscapes } from '../../../web/features/notebooks/terminal-text.ts';

const code = (...outputs: object[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: 'code', metadata: {}, source: ['a\n', 'b'], execution_count: 2, outputs }],
  });

const outputsOf = (...outputs: object[]) => readNotebook(code(...outputs)).cells[0]?.outputs;

describe('a notebook that is shown', () => {
  it('has its cells in order', () => {
    const { cells } = readNotebook(notebookText('greeting.ipynb'));
    expect(cells.map(({ kind, source }) => [kind, source])).toEqual([
      ['code', 'who = "nobody"'],
      ['code', '# Shows the value as the run was given it.\nprint(who)'],
      ['markdown', ''],
    ]);
  });

  it('shows what a failed run printed, without the marks that it left', () => {
    const { cells } = readNotebook(notebookText('failed-before.ipynb'));
    expect(cells.map(({ outputs }) => outputs)).toEqual([
      [],
      [{ kind: 'text', text: '3\n' }],
      [],
      [{ kind: 'error', text: 'AssertionError: ' }],
      [],
    ]);
  });

  it('may be a Zeppelin note, with its Markdown apart from its code', () => {
    const { cells, language } = readNotebook(notebookText('city-sales.json'));
    expect(language).toBe('Zeppelin');
    expect(cells[0]).toMatchObject({ kind: 'markdown', title: 'About' });
    expect(cells[0]?.source.startsWith('Sales of **three cities**')).toBe(true);
    const kinds = new Set(cells.flatMap(({ outputs }) => outputs.map(({ kind }) => kind)));
    expect(kinds).toContain('text');
    expect(kinds).toContain('table');
  });

  it.each(['not json', '[]', '{"nbformat": 3, "worksheets": []}', '{"paragraphs": "none"}'])(
    'is refused in words where it is none: %s',
    (text) => {
      expect(() => readNotebook(text)).toThrow('cannot be shown as a notebook');
    },
  );

  it('joins lines and leaves terminal colours out', () => {
    expect(outputsOf({ output_type: 'stream', name: 'stdout', text: ['\u001b[31mred\u001b[0m\n', 'plain'] })).toEqual([
      { kind: 'text', text: 'red\nplain' },
    ]);
  });

  it('shows the traceback of an error', () => {
    const error = { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['one', '\u001b[0;31mtwo\u001b[0m'] };
    expect(outputsOf(error)).toEqual([{ kind: 'error', text: 'one\ntwo' }]);
  });

  it('takes raster images as data and nothing else', () => {
    expect(
      outputsOf(
        { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=\n', 'text/plain': 'A plot' } },
        { output_type: 'display_data', data: { 'image/png': 'x" onerror="alert(1)', 'text/plain': 'no image' } },
        { output_type: 'display_data', data: { 'image/svg+xml': '<svg onload="alert(1)"/>' } },
        { output_type: 'display_data', data: { 'application/javascript': 'alert(1)' } },
      ),
    ).toEqual([
      { kind: 'image', address: 'data:image/png;base64,iVBORw0KGgo=', alt: 'A plot' },
      { kind: 'text', text: 'no image' },
      { kind: 'omitted', what: 'image/svg+xml' },
      { kind: 'omitted', what: 'application/javascript' },
    ]);
  });

  it('survives outputs that are none', () => {
    expect(outputsOf({ output_type: 'update_display_data' }, [] as object)).toEqual([
      { kind: 'omitted', what: 'an output of an unknown kind' },
      { kind: 'omitted', what: 'an output of an unknown kind' },
    ]);
  });

  it('leaves out the cells with which papermill marks the failing one', () => {
    const marked = JSON.parse(code()) as { cells: object[] };
    marked.cells.unshift({
      cell_type: 'markdown',
      metadata: { tags: ['papermill-error-cell-tag'] },
      source: '<span>An Exception was encountered</span>',
    });
    expect(readNotebook(JSON.stringify(marked)).cells).toHaveLength(1);
  });
});

describe('terminal text', () => {
  it('keeps of each line what a progress bar left', () => {
    expect(withoutEscapes('10%\r50%\r100%\ndone\r\nend')).toBe('100%\ndone\nend');
  });

  it('does not lose a line that ends in a carriage return', () => {
    expect(withoutEscapes('100%\r')).toBe('100%\r');
  });
});
