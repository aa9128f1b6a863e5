import type { Cell, NotebookStage } from '../../../web/features/notebooks/reading/notebook-model.ts';
import { notebookSlices } from '../../../web/features/notebooks/reading/notebook-slices.ts';
import { readNotebook } from '../../../web/features/notebooks/reading/read-notebook.ts';

/** All that a page shows of a notebook. */
export const shownCells = (text: string, stage: NotebookStage = 'uploaded'): readonly Cell[] =>
  Array.from(notebookSlices(readNotebook(text, stage))).flatMap(({ cells }) => cells);

export const sourceOf = (cell: Cell | undefined): string | null =>
  cell === undefined || cell.kind === 'markdown' ? null : cell.source.text;

/** A notebook of one code cell. */
export const withOutputs = (...outputs: readonly object[]): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: 'code', metadata: {}, source: ['a\n', 'b'], execution_count: 2, outputs }],
  });

export const outputsOf = (...outputs: readonly object[]): Cell['outputs'] | undefined =>
  shownCells(withOutputs(...outputs))[0]?.outputs;

export const displayed = (data: object): object => ({ output_type: 'display_data', metadata: {}, data });
