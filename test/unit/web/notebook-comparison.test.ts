import { describe, expect, it } from 'vitest';

import { changedCells } from '../../../shared/domain/notebook/changed-cells.ts';
import { MAX_COMPARED_CELLS } from '../../../web/lib/viewer-bounds.ts';
import { compareNotebooks } from '../../../web/features/notebooks/reading/compare-notebooks.ts';
import { readNotebook } from '../../../web/features/notebooks/reading/read-notebook.ts';

/** What a cell wrote to a stream. */
type Stream = readonly [name: string, text: string];

type Given = readonly (readonly [source: string, printed?: string])[];

const notebook = (cells: Given): string =>
  JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: cells.map(([source, printed], at) => ({
      cell_type: 'code',
      source,
      execution_count: at + 1,
      outputs: printed === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: printed }],
    })),
  });

const compared = (before: Given, after: Given) =>
  compareNotebooks(readNotebook(notebook(before), 'executed'), readNotebook(notebook(after), 'executed'));

describe('the notebooks of two runs', () => {
  it('do not differ where code and outputs are the same', () => {
    expect(compared([['a', '1'], ['b']], [['a', '1'], ['b\n']])).toEqual({
      cells: [],
      cellsLeft: 0,
      same: 2,
      isWhole: true,
    });
  });

  it('do not differ by what Spark logs, which is in cells on a cluster alone, but by whatever else is on the standard error', () => {
    const written = (...outputs: readonly Stream[]) =>
      readNotebook(
        JSON.stringify({
          nbformat: 4,
          metadata: {},
          cells: [
            {
              cell_type: 'code',
              source: 'a',
              execution_count: 1,
              outputs: outputs.map(([name, text]) => ({ output_type: 'stream', name, text })),
            },
          ],
        }),
        'executed',
      );
    const logged =
      'Setting default log level to "WARN".\nTo adjust logging level use sc.setLogLevel(newLevel). For SparkR, use setLogLevel(newLevel).\n26/11/27 03:10:07 WARN SparkContext: Slow.\n';
    const differ = (...texts: readonly Stream[]) =>
      compareNotebooks(written(...texts), written(['stdout', '1\n'])).cells.length === 1;
    expect(differ(['stderr', logged], ['stdout', '1\n'])).toBe(false);
    expect(differ(['stderr', `${logged}UserWarning: old\n`], ['stdout', '1\n'])).toBe(true);
    expect(differ(['stderr', '26/11/27 03:10:07 ERROR Executor: Lost.\n'], ['stdout', '1\n'])).toBe(true);
    expect(differ(['stdout', `${logged}1\n`])).toBe(true);
  });

  it('differ by cell: in code, in outputs, or by a cell that one of them lacks', () => {
    const { cells, same } = compared(
      [['a'], ['b', '1'], ['c', '2'], ['d']],
      [['new'], ['a'], ['b', '9'], ['C', '2'], ['d']],
    );
    expect(same).toBe(2);
    expect(cells.map(({ before, after }) => [before?.number ?? null, after?.number ?? null])).toEqual([
      [null, 1],
      [2, 3],
      [3, 4],
    ]);
    const [added, printed, changed] = cells;
    expect(added?.code).toEqual([{ kind: 'added', text: 'new' }]);
    expect(printed).toMatchObject({
      code: [],
      hasSameOutputs: false,
      after: { outputs: [{ excerpt: { text: '9' } }] },
    });
    expect(changed).toMatchObject({
      hasSameOutputs: true,
      code: [
        { kind: 'removed', text: 'c' },
        { kind: 'added', text: 'C' },
      ],
    });
  });

  it('are told as far as a page can show it, with a count of the rest', () => {
    const cells = (printed: string): Given => Array.from({ length: 150 }, (_, at) => [`x = ${at}`, printed]);
    const { cells: told, cellsLeft } = compared(cells('1'), cells('2'));
    expect(told).toHaveLength(MAX_COMPARED_CELLS);
    expect(cellsLeft).toBe(150 - MAX_COMPARED_CELLS);
    const long = compared(
      [
        ['a', '1\n'.repeat(2000)],
        ['b', '1'],
      ],
      [['a'.repeat(60_000)], ['b', '2']],
    );
    expect(long.isWhole).toBe(false);
  });

  it('are compared cell by cell in place where too much of them differs', () => {
    const cells = (word: string): Given => Array.from({ length: 500 }, (_, at) => [`${word}${at}`]);
    const { cells: told, cellsLeft } = compared(cells('old'), cells('new'));
    expect(told[0]).toMatchObject({ before: { number: 1 }, after: { number: 1 } });
    expect(told.length + cellsLeft).toBe(500);
  });

  it('have the changes that a failure tells', () => {
    const numbered = (...sources: string[]) => sources.map((source, at) => ({ cell: at + 1, source }));
    expect(changedCells(numbered('a', 'b', 'd'), numbered('a', 'c', 'd', 'e'))).toEqual({
      before: [{ cell: 2, source: 'b' }],
      after: [
        { cell: 2, source: 'c' },
        { cell: 4, source: 'e' },
      ],
    });
  });
});
