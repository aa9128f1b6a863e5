/* oxlint-disable react/no-array-index-key -- the parts of a notebook have no name but their place, and it never changes */
import Box from '@cloudscape-design/components/box';

import { MarkupView } from '../../components/markup/markup-view.tsx';
import { countText } from '../../lib/amounts.ts';
import { cellId, idOf } from './cell-id.ts';
import { OutputView, Preformatted } from './output-view.tsx';
import type { Cell } from './reading/notebook-model.ts';

/** Links to the cell. A thousand of them are no stops on the way through the page. */
const CellNumber = ({ cell: { kind, number } }: { readonly cell: Cell }) => {
  if (number === null) return <span className="atmo-count">{kind === 'code' ? '[ ]' : ''}</span>;
  return (
    <a className="atmo-count" href={`#${cellId(number)}`} tabIndex={-1} title={`Link to code cell ${number}`}>
      [{number}]
    </a>
  );
};

const lookOf = (cell: Cell, isRunning: boolean): string => {
  if (isRunning) return 'atmo-cell atmo-cell-running';
  return cell.outputs.some(({ kind }) => kind === 'error') ? 'atmo-cell atmo-cell-failed' : 'atmo-cell';
};

interface CellViewProps {
  readonly cell: Cell;
  /** Its place among all cells that are shown. */
  readonly place: number;
  readonly isRunning: boolean;
}

export const CellView = ({ cell, place, isRunning }: CellViewProps) => (
  <div className={lookOf(cell, isRunning)} id={idOf(cell, place)}>
    {cell.title !== null && <Box variant="h3">{cell.title}</Box>}
    {cell.kind === 'markdown' ? (
      <MarkupView markup={cell.markup} />
    ) : (
      <div className="atmo-code">
        <CellNumber cell={cell} />
        <div className="atmo-source-part">
          <Preformatted
            excerpt={cell.source}
            label={cell.kind === 'code' ? 'Code' : 'Text'}
            look={cell.kind === 'code' ? 'atmo-source' : 'atmo-output'}
          />
        </div>
      </div>
    )}
    {isRunning && <p className="atmo-cell-note">This cell is running.</p>}
    {cell.outputs.length > 0 && (
      <div className="atmo-outputs">
        {cell.outputs.map((output, index) => (
          <OutputView key={index} output={output} />
        ))}
        {cell.outputsLeft > 0 && (
          <p className="atmo-omitted">
            {countText(cell.outputsLeft, 'more output')} not shown. Download the notebook to see them.
          </p>
        )}
      </div>
    )}
  </div>
);
