import Box from '@cloudscape-design/components/box';

import { MarkupView } from '../../components/markup/markup-view.tsx';
import { countText } from '../../lib/amounts.ts';
import { cellId, idOf } from './cell-id.ts';
import { FoldButton, useFolded } from './folding.tsx';
import { OutputsView, Preformatted } from './output-view.tsx';
import type { Cell } from './reading/notebook-model.ts';

type CellWithSource = Extract<Cell, { readonly kind: 'code' | 'raw' }>;

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

interface PartProps {
  readonly cell: Cell;
  /** Names the cell. */
  readonly name: string;
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

const SourcePart = ({ cell, name, isFolded, onFold }: PartProps & { readonly cell: CellWithSource }) => {
  const label = cell.kind === 'code' ? 'Code' : 'Text';
  return (
    <div className="atmo-code">
      <span className="atmo-gutter">
        <CellNumber cell={cell} />
        <FoldButton label={`${label} of ${name}`} isFolded={isFolded} onFold={onFold} />
      </span>
      {isFolded && <p className="atmo-folded">{countText(cell.source.text.split('\n').length, 'line')} folded</p>}
      <div hidden={isFolded}>
        <Preformatted excerpt={cell.source} label={label} look={cell.kind === 'code' ? 'atmo-source' : 'atmo-output'} />
      </div>
    </div>
  );
};

const OutputsPart = ({ cell, name, isFolded, onFold }: PartProps) => (
  <div className="atmo-code">
    <span className="atmo-gutter">
      <FoldButton label={`Outputs of ${name}`} isFolded={isFolded} onFold={onFold} />
    </span>
    {isFolded && <p className="atmo-folded">{countText(cell.outputs.length + cell.outputsLeft, 'output')} folded</p>}
    <div hidden={isFolded}>
      <OutputsView outputs={cell.outputs} outputsLeft={cell.outputsLeft} />
    </div>
  </div>
);

interface CellViewProps {
  readonly cell: Cell;
  /** Its place among all cells that are shown. */
  readonly place: number;
  readonly isRunning: boolean;
}

export const CellView = ({ cell, place, isRunning }: CellViewProps) => {
  const [folded, fold] = useFolded();
  const name = cell.number === null ? `part ${place + 1}` : `cell ${cell.number}`;
  return (
    <div className={lookOf(cell, isRunning)} id={idOf(cell, place)}>
      {cell.title !== null && <Box variant="h3">{cell.title}</Box>}
      {cell.kind === 'markdown' ? (
        <MarkupView markup={cell.markup} />
      ) : (
        <SourcePart cell={cell} name={name} isFolded={folded.code} onFold={() => fold('code')} />
      )}
      {isRunning && <p className="atmo-cell-note">This cell is running.</p>}
      {cell.outputs.length > 0 && (
        <OutputsPart cell={cell} name={name} isFolded={folded.outputs} onFold={() => fold('outputs')} />
      )}
    </div>
  );
};
