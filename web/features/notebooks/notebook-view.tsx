/* oxlint-disable react/no-array-index-key -- slices and cells have no name but their place, and it never changes */
import './notebook.css';

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { memo } from 'react';

import { Loading } from '../../components/loaded.tsx';
import { countText } from '../../lib/amounts.ts';
import { CellView } from './cell-view.tsx';
import type { Cell, NotebookStage } from './reading/notebook-model.ts';
import { useNotebookSlices } from './use-notebook-slices.ts';

/** Rendered once: a notebook is shown slice by slice, and the slices before must not be looked at again. */
const Cells = memo(({ cells }: { readonly cells: readonly Cell[] }) =>
  cells.map((cell, index) => <CellView key={index} cell={cell} />),
);
Cells.displayName = 'Cells';

/** A notebook as escaped text, images and tables of text: nothing of it runs here, however long or large it is. */
export const NotebookView = ({ file, stage }: { readonly file: Blob; readonly stage: NotebookStage }) => {
  const { slices, problem } = useNotebookSlices(file, stage);
  const cellsLeft = slices.at(-1)?.cellsLeft ?? null;
  const isEmpty = cellsLeft === 0 && slices.every(({ cells }) => cells.length === 0);
  return (
    <div className="atmo-notebook" aria-busy={cellsLeft === null && problem === null}>
      {slices.map(({ cells }, index) => (
        <Cells key={index} cells={cells} />
      ))}
      {isEmpty && <Box color="text-body-secondary">This notebook is empty.</Box>}
      {cellsLeft === null && problem === null && <Loading what="the notebook" />}
      {problem !== null && <Alert type="warning">{problem}</Alert>}
      {cellsLeft !== null && cellsLeft > 0 && (
        <Alert type="info">
          {countText(cellsLeft, 'more cell')} not shown. Download the notebook to see {cellsLeft === 1 ? 'it' : 'them'}.
        </Alert>
      )}
    </div>
  );
};
