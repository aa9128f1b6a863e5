import Box from '@cloudscape-design/components/box';

import { DiffView } from '../notebooks/diff-view.tsx';
import { OutputsView } from '../notebooks/output-view.tsx';
import type { CellOfRun, ComparedCell } from '../notebooks/reading/compare-notebooks.ts';

interface ComparedCellViewProps {
  readonly cell: ComparedCell;
  /** Of the two runs. */
  readonly numbers: readonly [number, number];
}

const titleOf = ({ before, after }: ComparedCell, [old, now]: readonly [number, number]): string => {
  if (before === null) return `Cell ${after?.number} of run ${now} alone`;
  if (after === null) return `Cell ${before.number} of run ${old} alone`;
  if (before.number === after.number) return `Cell ${after.number}`;
  return `Cell ${before.number} of run ${old}, cell ${after.number} of run ${now}`;
};

const differenceOf = ({ code, hasSameOutputs }: ComparedCell): string => {
  if (hasSameOutputs) return 'Code differs';
  return code.length === 0 ? 'Outputs differ' : 'Code and outputs differ';
};

const OutputsOfRun = ({ cell, number }: { readonly cell: CellOfRun | null; readonly number: number }) => (
  <section aria-label={`Outputs of run ${number}`}>
    <Box variant="h4">Run {number}</Box>
    {cell === null || cell.outputs.length === 0 ? (
      <Box color="text-body-secondary">No output</Box>
    ) : (
      <OutputsView {...cell} />
    )}
  </section>
);

/** A cell that differs: the lines of its code, and the outputs that both runs left. */
export const ComparedCellView = ({ cell, numbers }: ComparedCellViewProps) => {
  const title = titleOf(cell, numbers);
  return (
    <article className="atmo-compared-cell" aria-label={title}>
      <Box variant="h3">
        {title} <span className="atmo-differs">{differenceOf(cell)}</span>
      </Box>
      {cell.code.length > 0 && <DiffView label={`Code of ${title}`} lines={cell.code} />}
      {!cell.hasSameOutputs && (
        <div className="atmo-side-by-side">
          <OutputsOfRun cell={cell.before} number={numbers[0]} />
          <OutputsOfRun cell={cell.after} number={numbers[1]} />
        </div>
      )}
    </article>
  );
};
