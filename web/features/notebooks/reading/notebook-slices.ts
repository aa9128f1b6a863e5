import { MAX_CELLS, MAX_NOTEBOOK_UNITS, SLICE_UNITS } from '../../../lib/viewer-bounds.ts';
import type { Cell, NotebookModel } from './notebook-model.ts';
import { weightOfCell } from './weight.ts';

/** Some cells in a row. */
export interface NotebookSlice {
  readonly cells: readonly Cell[];
  /** How many cells are shown before these. */
  readonly before: number;
  /** In the last slice how many cells of the file are not shown; null where another one follows. */
  readonly cellsLeft: number | null;
}

/** The cells that are shown, in slices that a page can add one at a time. Nothing is read before it is asked for. */
export function* notebookSlices({ cells, cellOf }: NotebookModel): Generator<NotebookSlice, undefined> {
  let slice: Cell[] = [];
  let sliceWeight = 0;
  let weight = 0;
  let read = 0;
  let before = 0;
  for (const raw of cells.slice(0, MAX_CELLS)) {
    if (weight > MAX_NOTEBOOK_UNITS) break;
    const cell = cellOf(raw);
    read += 1;
    if (cell === null) continue;
    const cellWeight = weightOfCell(cell);
    if (slice.length > 0 && sliceWeight + cellWeight > SLICE_UNITS) {
      yield { cells: slice, before, cellsLeft: null };
      before += slice.length;
      slice = [];
      sliceWeight = 0;
    }
    slice.push(cell);
    sliceWeight += cellWeight;
    weight += cellWeight;
  }
  yield { cells: slice, before, cellsLeft: cells.length - read };
}
