/* oxlint-disable react/no-array-index-key -- slices and cells have no name but their place, and it never changes */
import '../../components/inks.css';
import './notebook.css';

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { memo, useEffect, useMemo, useRef, useState } from 'react';

import { focusableWhenScrolling } from '../../components/focusable-when-scrolling.ts';
import { Loading } from '../../components/loaded.tsx';
import { countText } from '../../lib/amounts.ts';
import { CellView } from './cell-view.tsx';
import { FoldedNotebook, NOT_FOLDED } from './folding.tsx';
import { headingsOf } from './headings.ts';
import { NotebookContents } from './notebook-contents.tsx';
import { NotebookTools } from './notebook-tools.tsx';
import type { Cell, NotebookStage } from './reading/notebook-model.ts';
import { useFoldKeys } from './use-fold-keys.ts';
import { useNotebookSlices } from './use-notebook-slices.ts';
import { useTargetCell } from './use-target-cell.ts';

interface CellsProps {
  readonly cells: readonly Cell[];
  /** Cells before these. */
  readonly before: number;
  /** The number of the cell that runs, where it is one of these. */
  readonly running: number | null;
}

/** Rendered once: a notebook is shown slice by slice, and the slices before must not be looked at again. */
const Cells = memo(({ cells, before, running }: CellsProps) =>
  cells.map((cell, index) => (
    <CellView
      key={index}
      cell={cell}
      place={before + index}
      isRunning={cell.kind === 'code' && cell.number !== null && cell.number === running}
    />
  )),
);
Cells.displayName = 'Cells';

interface NotebookViewProps {
  readonly file: Blob;
  readonly stage: NotebookStage;
  /** The cell at which it opens: the one that failed or runs. */
  readonly openAt?: number | null;
  readonly running?: number | null;
}

/** A notebook as escaped text, images and tables of text: nothing of it runs in the page, however long or large it is. */
export const NotebookView = ({ file, stage, openAt = null, running = null }: NotebookViewProps) => {
  const { slices, problem } = useNotebookSlices(file, stage);
  const [folded, setFolded] = useState(NOT_FOLDED);
  const content = useRef<HTMLDivElement>(null);
  const cells = useMemo(() => slices.flatMap((slice) => slice.cells), [slices]);
  const headings = useMemo(() => headingsOf(cells), [cells]);
  const cellsLeft = slices.at(-1)?.cellsLeft ?? null;
  useTargetCell(content, cells, openAt);
  useFoldKeys(content);
  useEffect(() => focusableWhenScrolling(content.current), []);
  return (
    <div className="atmo-notebook-page">
      <NotebookTools content={content} folded={folded} onFold={setFolded} size={cells.length} />
      {headings.length > 1 && <NotebookContents headings={headings} />}
      <section
        ref={content}
        aria-label="Cells of the notebook"
        className="atmo-notebook"
        aria-busy={cellsLeft === null && problem === null}
      >
        <FoldedNotebook value={folded}>
          {slices.map((slice, index) => {
            const runs = slice.cells.some(({ number }) => number !== null && number === running);
            return <Cells key={index} cells={slice.cells} before={slice.before} running={runs ? running : null} />;
          })}
        </FoldedNotebook>
        {cellsLeft === 0 && cells.length === 0 && <Box color="text-body-secondary">This notebook is empty.</Box>}
        {cellsLeft === null && problem === null && <Loading what="the notebook" />}
        {problem !== null && <Alert type="warning">{problem}</Alert>}
        {cellsLeft !== null && cellsLeft > 0 && (
          <Alert type="info">
            {countText(cellsLeft, 'more cell')} not shown. Download the notebook to see{' '}
            {cellsLeft === 1 ? 'it' : 'them'}.
          </Alert>
        )}
      </section>
    </div>
  );
};
