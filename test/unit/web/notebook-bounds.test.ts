import { describe, expect, it } from 'vitest';

import { notebookSlices } from '../../../web/features/notebooks/reading/notebook-slices.ts';
import { readNotebook } from '../../../web/features/notebooks/reading/read-notebook.ts';
import { weightOfCell } from '../../../web/features/notebooks/reading/weight.ts';
import {
  MAX_CELL_UNITS,
  MAX_CELLS,
  MAX_LINES,
  MAX_NOTEBOOK_UNITS,
  MAX_TABLE_CELLS,
  MAX_TABLE_COLUMNS,
  MAX_TABLE_ROWS,
  MAX_TEXT,
  SLICE_UNITS,
} from '../../../web/lib/viewer-bounds.ts';
import { hostileNotebooks, nestedNotebook } from '../../notebooks/hostile-notebooks.ts';
import { displayed, outputsOf, shownCells, withOutputs } from './shown-notebook.ts';

const numbered = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

describe('a notebook that asks for too much', () => {
  it.each(Object.entries(hostileNotebooks))('%s comes in slices that a page can add', (_, make) => {
    const slices = Array.from(notebookSlices(readNotebook(make(), 'uploaded')));
    for (const { cells } of slices) {
      const weights = cells.map(weightOfCell);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      expect(sum).toBeLessThanOrEqual(cells.length === 1 ? MAX_CELL_UNITS + SLICE_UNITS : SLICE_UNITS);
    }
    expect(slices.slice(0, -1).every(({ cellsLeft }) => cellsLeft === null)).toBe(true);
    expect(slices.at(-1)?.cellsLeft).not.toBeNull();
  });

  it('of too many cells says how many it leaves out', () => {
    const slices = Array.from(notebookSlices(readNotebook(hostileNotebooks['of 500,000 cells']?.() ?? '', 'uploaded')));
    expect(slices.flatMap(({ cells }) => cells)).toHaveLength(MAX_CELLS);
    expect(slices.at(-1)?.cellsLeft).toBe(500_000 - MAX_CELLS);
  });

  it('of too much in few cells stops before all of them', () => {
    const table = displayed({ 'text/html': `<table>${'<tr><td>1</td></tr>'.repeat(200)}</table>` });
    const cell = JSON.parse(withOutputs(...Array.from({ length: 20 }, () => table))) as { cells: object[] };
    const text = JSON.stringify({ nbformat: 4, cells: Array.from({ length: 100 }, () => cell.cells[0]) });
    const slices = Array.from(notebookSlices(readNotebook(text, 'uploaded')));
    const cells = slices.flatMap(({ cells }) => cells);
    expect(cells.reduce((sum, each) => sum + weightOfCell(each), 0)).toBeLessThan(MAX_NOTEBOOK_UNITS + MAX_CELL_UNITS);
    expect(slices.at(-1)?.cellsLeft).toBe(100 - cells.length);
    expect(cells.length).toBeLessThan(100);
    expect(cells[0]?.outputsLeft).toBe(20 - (cells[0]?.outputs.length ?? 0));
    expect(cells[0]?.outputsLeft).toBeGreaterThan(0);
  });

  it('of too many outputs says how many it leaves out, and counts a stream by its pieces', () => {
    const piece = (name: string) => ({ output_type: 'stream', name, text: 'x' });
    const outputs = Array.from({ length: 1000 }, (_, at) => piece(at % 4 < 2 ? 'stdout' : 'stderr'));
    const [cell] = shownCells(withOutputs(...outputs));
    expect(cell?.outputs).toHaveLength(100);
    expect(cell?.outputsLeft).toBe(800);
  });

  it('with a long text shows its beginning, of a traceback its end, and how much is left out', () => {
    const stream = { output_type: 'stream', name: 'stdout', text: 'x'.repeat(MAX_TEXT + 7) };
    const error = { output_type: 'error', ename: 'E', evalue: '', traceback: ['y'.repeat(MAX_TEXT), 'the end'] };
    const lines = { output_type: 'stream', name: 'stderr', text: 'a\n'.repeat(MAX_LINES + 10) };
    const [text, traceback, many] = outputsOf(stream, error, lines) ?? [];
    expect(text).toMatchObject({ excerpt: { text: 'x'.repeat(MAX_TEXT), left: 7, isEnd: false } });
    expect(traceback).toMatchObject({ excerpt: { left: 8, isEnd: true, text: expect.stringMatching(/y\nthe end$/) } });
    expect(many).toMatchObject({ excerpt: { left: 21, text: `${'a\n'.repeat(MAX_LINES - 1)}a` } });
  });

  it('with a large table shows some rows and columns, and says how many it leaves out', () => {
    const row = (cells: number, index: number): string =>
      `<tr>${numbered(cells, (at) => `<td>${index}/${at}</td>`)}</tr>`;
    const tall = displayed({ 'text/html': `<table>${numbered(500, (index) => row(2, index))}</table>` });
    const wide = displayed({
      'text/html': `<table><tr><th>a</th></tr>${numbered(60, (index) => row(70, index))}</table>`,
    });
    expect(outputsOf(tall, wide)).toMatchObject([
      { table: { rows: { length: MAX_TABLE_ROWS }, rowsLeft: 300, columnsLeft: 0 } },
      { table: { rows: { length: MAX_TABLE_CELLS / MAX_TABLE_COLUMNS }, rowsLeft: 20, columnsLeft: 20 } },
    ]);
  });

  it('whose HTML stands deeper than a parser should follow is named, not read', () => {
    const html = `${'<b>'.repeat(10_000)}the end`;
    expect(outputsOf(displayed({ 'text/html': html }))).toEqual([{ kind: 'omitted', what: 'text/html' }]);
  });

  it('of more parts than a worker has memory for is refused before it is parsed', () => {
    const parts = `{"nbformat":4,"cells":[],"metadata":[${'{},'.repeat(2_000_000)}0]}`;
    expect(() => readNotebook(parts, 'uploaded')).toThrow('cannot be shown as a notebook');
  });

  it('whose lists stand in one another without end is refused before it is parsed', () => {
    expect(() => readNotebook(nestedNotebook(), 'uploaded')).toThrow('cannot be shown as a notebook');
    const deep = JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'raw', source: `${'['.repeat(500)}\\"` }] });
    expect(shownCells(deep)).toHaveLength(1);
  });

  it('has room for 10 MB in 1,000 cells', () => {
    const text = JSON.stringify({
      nbformat: 4,
      metadata: {},
      cells: Array.from({ length: 1000 }, (_, at) => ({
        cell_type: 'code',
        source: `visits_${at} = read(${at})\nvisits_${at}`,
        outputs: [
          { output_type: 'stream', name: 'stdout', text: `${'x'.repeat(99)}\n`.repeat(100) },
          { output_type: 'display_data', data: { 'text/html': `<table><tr><td>${at}</td></tr></table>` } },
        ],
      })),
    });
    expect(text.length).toBeGreaterThan(10_000_000);
    expect(shownCells(text)).toHaveLength(1000);
  });
});
