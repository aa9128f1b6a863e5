/* oxlint-disable react/no-array-index-key -- the parts of a notebook have no name but their place, and it never changes */
import Box from '@cloudscape-design/components/box';

import { MarkupView } from '../../components/markup/markup-view.tsx';
import { countText } from '../../lib/amounts.ts';
import type { Cell } from './reading/notebook-model.ts';
import { OutputView, Preformatted } from './output-view.tsx';

const numberText = ({ kind, number }: Cell): string => {
  if (kind !== 'code') return '';
  return number === null ? '[ ]' : `[${number}]`;
};

export const CellView = ({ cell }: { readonly cell: Cell }) => (
  <div className="atmo-cell">
    {cell.title !== null && <Box variant="h3">{cell.title}</Box>}
    {cell.kind === 'markdown' ? (
      <MarkupView markup={cell.markup} />
    ) : (
      <div className="atmo-code">
        <span className="atmo-count" title={cell.number === null ? undefined : `Code cell ${cell.number}`}>
          {numberText(cell)}
        </span>
        <div className="atmo-source-part">
          <Preformatted
            excerpt={cell.source}
            label={cell.kind === 'code' ? 'Code' : 'Text'}
            look={cell.kind === 'code' ? 'atmo-source' : 'atmo-output'}
          />
        </div>
      </div>
    )}
    {cell.outputs.map((output, index) => (
      <OutputView key={index} output={output} />
    ))}
    {cell.outputsLeft > 0 && (
      <p className="atmo-omitted">
        {countText(cell.outputsLeft, 'more output')} not shown. Download the notebook to see them.
      </p>
    )}
  </div>
);
