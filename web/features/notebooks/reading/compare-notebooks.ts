import { hasSameSource, pairedCells, type CellSource } from '../../../../shared/domain/notebook/changed-cells.ts';
import { MAX_COMPARED_CELLS, MAX_COMPARED_UNITS } from '../../../lib/viewer-bounds.ts';
import { diffOf, type DiffLine } from './line-diff.ts';
import type { Cell, NotebookModel } from './notebook-model.ts';
import { notebookSlices } from './notebook-slices.ts';
import { withoutSparkLog } from './spark-log.ts';
import { weightOfOutput } from './weight.ts';

/** A code cell as one of two runs left it. */
export type CellOfRun = Pick<Cell, 'number' | 'outputs' | 'outputsLeft'>;

/** A code cell that differs between two runs; null on the side that lacks it. */
export interface ComparedCell {
  readonly before: CellOfRun | null;
  readonly after: CellOfRun | null;
  /** Empty where the code is the same. */
  readonly code: readonly DiffLine[];
  readonly hasSameOutputs: boolean;
}

export interface NotebookComparison {
  /** Those that differ, in order. */
  readonly cells: readonly ComparedCell[];
  /** Cells that differ too and are not shown. */
  readonly cellsLeft: number;
  /** Cells that both have with the same code and outputs. */
  readonly same: number;
  /** Whether both notebooks were compared to their last line. */
  readonly isWhole: boolean;
}

interface CodeCell extends CellSource {
  readonly ofRun: CellOfRun;
}

const codeCellsOf = (model: NotebookModel): { readonly cells: readonly CodeCell[]; readonly isWhole: boolean } => {
  const slices = [...notebookSlices(model)];
  let isWhole = slices.at(-1)?.cellsLeft === 0;
  const cells: CodeCell[] = [];
  for (const cell of slices.flatMap((slice) => slice.cells)) {
    if (cell.kind !== 'code' || cell.number === null) continue;
    const { number, source, outputs, outputsLeft } = cell;
    isWhole &&= source.left === 0;
    cells.push({ cell: number, source: source.text, ofRun: { number, outputs, outputsLeft } });
  }
  return { cells, isWhole };
};

const outputsIn = (cell: CellOfRun | null): string =>
  JSON.stringify([withoutSparkLog(cell?.outputs ?? []), cell?.outputsLeft ?? 0]);

const weightOf = ({ before, after, code, hasSameOutputs }: ComparedCell): number =>
  code.length +
  (hasSameOutputs ? [] : [before, after])
    .flatMap((cell) => cell?.outputs ?? [])
    .reduce((sum, output) => sum + 1 + weightOfOutput(output), 1);

/** What differs between the notebooks of two runs, cell by cell. As much of it is read and told as a page can show. */
export const compareNotebooks = (before: NotebookModel, after: NotebookModel): NotebookComparison => {
  const [old, now] = [codeCellsOf(before), codeCellsOf(after)];
  const cells: ComparedCell[] = [];
  let [same, cellsLeft, weight] = [0, 0, 0];
  for (const pair of pairedCells(old.cells, now.cells)) {
    const [left, right] = [pair.before?.ofRun ?? null, pair.after?.ofRun ?? null];
    const hasSameOutputs = outputsIn(left) === outputsIn(right);
    const hasSameCode = hasSameSource(pair);
    if (hasSameCode && hasSameOutputs) same += 1;
    else if (cells.length === MAX_COMPARED_CELLS || weight > MAX_COMPARED_UNITS) cellsLeft += 1;
    else {
      const code = hasSameCode ? [] : diffOf(pair.before?.source ?? '', pair.after?.source ?? '');
      const compared = { before: left, after: right, code, hasSameOutputs };
      cells.push(compared);
      weight += weightOf(compared);
    }
  }
  return { cells, cellsLeft, same, isWhole: old.isWhole && now.isWhole };
};
