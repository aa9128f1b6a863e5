import { describe, expect, it } from 'vitest';

import { notebookText } from '../../notebooks/notebooks.ts';
import { shownCells } from './shown-notebook.ts';

const caseCells = (name: string) => shownCells(notebookText(`cases/${name}`));

describe('a notebook that was once shown wrongly', () => {
  it('has its formulas whole', () => {
    const [formulas] = caseCells('shown-in-the-portal.ipynb');
    const text = JSON.stringify(formulas);
    // The thin space of `x\,dx`, which Markdown took for an escape.
    expect(text).toContain('"tag":"mspace"');
    expect(text).toContain('"tag":"mtable"');
    expect(text).not.toContain('x,dx');
  });

  it('shows what is attached, and every kind of output, or says what it leaves out', () => {
    const [, attached, raw, progress, link, html, svg, bold, plotly] = caseCells('shown-in-the-portal.ipynb');
    expect(JSON.stringify(attached)).toMatch(/"tag":"img".*"src":"data:image\/png;base64,iVBOR.*"alt":"img"/);
    expect(raw).toMatchObject({ kind: 'raw', source: { text: 'RAW CELL' } });
    expect(progress?.outputs).toMatchObject([{ label: 'Standard error', excerpt: { text: '100%|' } }]);
    expect(link?.outputs).toMatchObject([{ excerpt: { text: 'see the docs end x' } }]);
    expect(html?.outputs).toEqual([{ kind: 'html', html: '<h2>Report</h2><p>Total: 42</p>', hasScript: false }]);
    expect(svg?.outputs).toEqual([
      { kind: 'image', alt: '<Figure>', address: expect.stringMatching(/^data:image\/svg\+xml,%3Csvg/) },
    ]);
    expect(bold?.outputs).toMatchObject([
      { kind: 'markup', markup: [{ tag: 'p', children: [{ tag: 'strong', children: ['bold'] }] }] },
    ]);
    expect(plotly?.outputs).toEqual([{ kind: 'figure', figure: '{"data":[],"layout":{}}' }]);
  });

  it('is of nbformat 3, with the cells of all its worksheets and its outputs', () => {
    const cells = caseCells('nbformat-3.ipynb');
    const [title, text, print, table, plot, wrong, division, empty, raw, html] = cells;
    expect(cells).toHaveLength(10);
    expect(title).toMatchObject({ kind: 'markdown', markup: [{ tag: 'h3', children: ['Visits of 2014'] }] });
    expect(JSON.stringify(text)).toContain('"tag":"math"');
    expect(print).toMatchObject({
      number: 1,
      source: { text: "print 'three'\nimport sys; sys.stderr.write('careful')" },
      outputs: [
        { label: 'Output', excerpt: { text: 'three\n' } },
        { label: 'Standard error', excerpt: { text: 'careful' } },
      ],
    });
    expect(JSON.stringify(print)).toContain('hljs-keyword');
    expect(table?.outputs).toMatchObject([
      { kind: 'table', table: { header: ['city', 'visits'], rows: [['Oslo', '3']] } },
    ]);
    expect(plot?.outputs).toMatchObject([
      {
        kind: 'image',
        alt: '<matplotlib.figure.Figure at 0x1045>',
        address: expect.stringMatching(/^data:image\/png/),
      },
      { kind: 'text', excerpt: { text: '{\n  "city": "Oslo"\n}' } },
      { kind: 'markup' },
    ]);
    expect(wrong).toMatchObject({ markup: [{ children: ['What went wrong'] }] });
    expect(division).toMatchObject({
      number: 4,
      outputs: [{ kind: 'error', excerpt: { text: 'ZeroDivisionError: integer division or modulo by zero' } }],
    });
    expect(empty).toMatchObject({ kind: 'code', source: { text: '' }, outputs: [] });
    expect(raw).toMatchObject({ kind: 'raw', source: { text: 'as it is' } });
    expect(html).toMatchObject({ kind: 'markdown' });
  });

  it('is of nbformat 3 and damaged: what can be read of it is', () => {
    const cells = shownCells(
      JSON.stringify({
        nbformat: 3,
        worksheets: [
          {
            cells: [
              7,
              { cell_type: 'code', input: 5, outputs: 'none' },
              { cell_type: 'heading', level: 'x', source: 'T' },
            ],
          },
          { cells: [{ cell_type: 'code', input: 'a', outputs: [null, { output_type: 'pyout', json: '{' }] }] },
        ],
      }),
    );
    expect(cells[0]?.outputs).toEqual([{ kind: 'omitted', what: 'a cell of an unknown kind' }]);
    expect(cells[1]).toMatchObject({ source: { text: '' }, outputs: [] });
    expect(cells[2]).toMatchObject({ markup: [{ tag: 'h3', children: ['T'] }] });
    expect(cells[3]).toMatchObject({ source: { text: 'a' } });
    expect(cells[3]?.outputs).toMatchObject([{ kind: 'omitted' }, { kind: 'text', excerpt: { text: '"{"' } }]);
  });

  it('is a note of Zeppelin 0.6, with its results', () => {
    const [title, table] = caseCells('zeppelin-0.6.json');
    expect(title).toMatchObject({ kind: 'markdown', markup: [{ tag: 'h3', children: ['Title'] }] });
    expect(table).toMatchObject({ number: 2, outputs: [{ kind: 'table', table: { header: ['a'], rows: [['1']] } }] });
  });

  it('is a note of a later Zeppelin, with its titles, Markdown and tables', () => {
    const cells = shownCells(notebookText('city-sales.json'));
    expect(cells[0]).toMatchObject({ kind: 'markdown', title: 'About', number: null });
    expect(JSON.stringify(cells[0])).toContain('{"tag":"strong","children":["three cities"]');
    expect(cells[2]).toMatchObject({ number: 3, outputs: [{ kind: 'text' }] });
    expect(cells[4]).toMatchObject({
      outputs: [
        {
          kind: 'table',
          table: {
            header: ['city', 'count'],
            rows: [
              ['Berlin', '1'],
              ['Lima', '2'],
              ['Oslo', '1'],
            ],
          },
        },
      ],
    });
  });

  it('counts a cell that an earlier run injected', () => {
    expect(caseCells('uploaded-with-injected-cell.ipynb').map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('is EMR’s own for PySpark', () => {
    expect(caseCells('emr-pyspark.ipynb')).toMatchObject([{ kind: 'code', number: 1 }]);
  });
});
