import { describe, expect, it } from 'vitest';

import { notebookText } from '../../notebooks/notebooks.ts';
import { displayed, outputsOf, shownCells, sourceOf } from './shown-notebook.ts';

const whole = (text: string, styled: unknown = null) => ({ text, styled, left: 0, isEnd: false });

const inColour = (className: string, text: string) => ({ tag: 'span', children: [text], properties: { className } });

describe('a notebook that is shown', () => {
  it('is what was written into it', () => {
    const cells = shownCells(notebookText('greeting.ipynb'));
    expect(cells.map((cell) => [cell.kind, sourceOf(cell)])).toEqual([
      ['code', 'who = "nobody"'],
      ['code', '# Shows the value as the run was given it.\nprint(who)'],
      ['markdown', null],
    ]);
  });

  it('shows what a failed run printed, without the marks that it left', () => {
    const cells = shownCells(notebookText('failed-before.ipynb'));
    expect(cells.map(({ outputs }) => outputs)).toEqual([
      [],
      [{ kind: 'text', label: 'Output', excerpt: whole('3\n') }],
      [],
      [
        {
          kind: 'error',
          excerpt: {
            text: 'AssertionError: ',
            styled: [inColour('atmo-ink-red', 'AssertionError'), ': '],
            left: 0,
            isEnd: true,
          },
        },
      ],
      [],
    ]);
  });

  it.each([
    ['not json', 'cannot be shown as a notebook'],
    ['[]', 'cannot be shown as a notebook'],
    ['{"paragraphs": "none"}', 'cannot be shown as a notebook'],
    ['{"nbformat":4,"cells":NaN}', 'it has no list of cells'],
    ['{"nbformat": 3, "worksheets": []}', 'it says nbformat 3, and has no worksheets'],
    ['{"nbformat": 3, "worksheets": [{"cells": {}}]}', 'it says nbformat 3, and has no worksheets'],
    ['{"nbformat": 2, "worksheets": []}', 'has nbformat 2; 3 and 4 can be shown'],
  ])('is refused in words where it is none: %s', (text, words) => {
    expect(() => shownCells(text)).toThrow(words);
    expect(() => shownCells(text)).toThrow('Download it to look at it.');
  });

  it('may have NaN in it, which Python writes and JSON does not know', () => {
    expect(
      shownCells('{"nbformat":4,"cells":[{"cell_type":"raw","source":"NaN","metadata":{"x":NaN}}]}').map(sourceOf),
    ).toEqual(['NaN']);
  });

  it('joins lines and the pieces in which a kernel sends a stream, stderr apart from stdout', () => {
    const piece = (name: string, text: unknown): object => ({ output_type: 'stream', name, text });
    expect(
      outputsOf(
        piece('stdout', ['\u001b[31mred\u001b[0m\n', 'plain ']),
        piece('stdout', 'and more'),
        piece('stderr', '10%|#'),
        piece('stderr', '\r100%|##########'),
        piece('stdout', 'end'),
      ),
    ).toEqual([
      {
        kind: 'text',
        label: 'Output',
        excerpt: whole('red\nplain and more', [inColour('atmo-ink-red', 'red'), '\nplain and more']),
      },
      { kind: 'text', label: 'Standard error', excerpt: whole('100%|##########') },
      { kind: 'text', label: 'Output', excerpt: whole('end') },
    ]);
  });

  it('shows the traceback of an error, and its name where it has none', () => {
    const error = { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['one', '\u001b[0;31mtwo\u001b[0m'] };
    const [traced, bare] = outputsOf(error, { ...error, traceback: [] }) ?? [];
    expect(traced).toMatchObject({ kind: 'error', excerpt: { text: 'one\ntwo' } });
    expect(bare).toMatchObject({ kind: 'error', excerpt: { text: 'E: v' } });
  });

  it('says of an output what it cannot show, and shows what it can', () => {
    expect(
      outputsOf(
        displayed({ 'application/javascript': 'alert(1)' }),
        displayed({ 'application/vnd.plotly.v1+json': {}, 'text/plain': 'Figure' }),
        displayed({ 'application/vnd.plotly.v1+json': { data: [] }, 'text/plain': 'Figure', 'text/html': '<div>' }),
        displayed({ 'text/html': '<script>alert(1)</script>', 'text/plain': '<folium.Map>' }),
        displayed({ 'application/vnd.jupyter.widget-view+json': { model_id: 'a' }, 'text/plain': '50%|#####' }),
        displayed({ 'application/json': { rows: [1] } }),
        displayed({
          'text/html': '<h2>Report</h2><p>Total: 42</p>',
          'text/plain': '<IPython.core.display.HTML object>',
        }),
        displayed({}),
        { output_type: 'update_display_data' },
        [],
      ),
    ).toEqual([
      { kind: 'omitted', what: 'application/javascript' },
      { kind: 'text', label: 'Output', excerpt: whole('Figure') },
      { kind: 'omitted', what: 'application/vnd.plotly.v1+json' },
      { kind: 'figure', figure: '{"data":[]}' },
      { kind: 'html', html: '<script>alert(1)</script>', hasScript: true },
      { kind: 'text', label: 'Output', excerpt: whole('50%|#####') },
      { kind: 'text', label: 'Output', excerpt: whole('{\n  "rows": [\n    1\n  ]\n}', expect.any(Array)) },
      { kind: 'html', html: '<h2>Report</h2><p>Total: 42</p>', hasScript: false },
      { kind: 'omitted', what: 'an empty output' },
      { kind: 'omitted', what: 'an output of an unknown kind' },
      { kind: 'omitted', what: 'an output of an unknown kind' },
    ]);
  });

  const rows = `<thead><tr style="text-align: right;"><th></th><th>city</th></tr></thead>
    <tbody><tr><th>0</th><td>S&atilde;o  Paulo<br>&lt;b&gt;</td></tr></tbody>`;

  it('shows a data frame as the table that it is', () => {
    const frame = `<div><style scoped>.dataframe td { color: red }</style>
      <table border="1" class="dataframe">${rows}</table><p>1 rows × 1 columns</p></div>`;
    expect(outputsOf(displayed({ 'text/html': frame, 'text/plain': 'city' }))).toEqual([
      { kind: 'table', table: { header: ['', 'city'], rows: [['0', 'São Paulo<b>']], rowsLeft: 0, columnsLeft: 0 } },
    ]);
  });

  it.each([
    ['its cells in colours', `<style>#T_1_row0 { color: red }</style><table>${rows}</table>`, false],
    ['a colour of its own', `<table><tr><td style="background: red">1</td></tr></table>`, false],
    ['text beside it', `<h2>Cities</h2><table>${rows}</table>`, false],
    ['another table beside it', `<table>${rows}</table><table>${rows}</table>`, false],
    ['a picture in it', `<table><tr><td><img src="data:image/png;base64,"></td></tr></table>`, false],
    ['a script beside it', `<table>${rows}</table><script>sort()</script>`, true],
    ['something to click', `<table><tr><td onclick="sort()">1</td></tr></table>`, true],
    ['a link that is a script', `<table><tr><td><b href=" javascript:sort()">1</b></td></tr></table>`, true],
  ])('leaves to a frame a table with %s', (_, html, hasScript) => {
    expect(outputsOf(displayed({ 'text/html': html, 'text/plain': 'city' }))).toEqual([
      { kind: 'html', html, hasScript },
    ]);
  });

  it('marks the tokens of each language, by cell', () => {
    const languages = ['x = "a"', '%%sql\nselect 1', '%%bash\necho "a"', '%%perl\nprint'];
    const cells = languages.map((source) => ({ cell_type: 'code', source }));
    const shown = shownCells(JSON.stringify({ nbformat: 4, metadata: {}, cells }));
    const marks = shown.map((cell) =>
      cell.kind === 'markdown'
        ? null
        : (cell.source.styled?.filter((each) => typeof each !== 'string').map((each) => each.children) ?? null),
    );
    expect(marks).toEqual([[['"a"']], expect.arrayContaining([['select']]), [['echo'], ['"a"']], null]);
    expect(shown.map(sourceOf)).toEqual(languages);
  });

  it('keeps a cell that nobody knows in its place', () => {
    const text = JSON.stringify({
      nbformat: 4,
      cells: [{ cell_type: 'heading' }, null, { cell_type: 'raw', source: 'x' }],
    });
    expect(shownCells(text).map(({ outputs }) => outputs)).toEqual([
      [{ kind: 'omitted', what: 'a cell of an unknown kind' }],
      [{ kind: 'omitted', what: 'a cell of an unknown kind' }],
      [],
    ]);
  });
});

describe('the number of a cell', () => {
  const code = (execution_count: number | null, ...tags: readonly string[]): object => ({
    cell_type: 'code',
    metadata: { tags },
    source: 'x',
    execution_count,
    outputs: [],
  });
  const numbersOf = (cells: readonly object[], stage: 'uploaded' | 'executed') =>
    shownCells(JSON.stringify({ nbformat: 4, cells }), stage).map(({ number }) => number);

  it('is its place among the code cells as uploaded, whatever an earlier session counted', () => {
    const cells = [code(17), { cell_type: 'markdown', source: '' }, code(null, 'injected-parameters'), code(3)];
    expect(numbersOf(cells, 'uploaded')).toEqual([1, null, 2, 3]);
  });

  it('is the one that the run gave it, and goes on behind the cell at which the run stopped', () => {
    const cells = [code(1, 'parameters'), code(2, 'injected-parameters'), code(2), code(null), code(null)];
    expect(numbersOf(cells, 'executed')).toEqual([1, null, 2, 3, 4]);
  });
});
