/* oxlint-disable react/no-array-index-key -- the parts of a notebook have no name but their place, and it never changes */
import './notebook.css';

import Box from '@cloudscape-design/components/box';

import Markdown from '../../components/markdown.tsx';
import { countText } from '../../lib/amounts.ts';
import type { Cell, NotebookModel, Output, Table } from './notebook-model.ts';

const MAX_TEXT = 50_000;

const shortText = (text: string): string =>
  text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\n… ${text.length - MAX_TEXT} more characters` : text;

/** Text that may be wider than the page, and can then be scrolled by keyboard too. */
const Preformatted = ({
  text,
  label,
  look,
}: {
  readonly text: string;
  readonly label: string;
  readonly look: string;
}) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <pre className={look} tabIndex={0} aria-label={label}>
    {shortText(text)}
  </pre>
);

const TableView = ({ table: { header, rows, left } }: { readonly table: Table }) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  <section className="atmo-table-output" tabIndex={0} aria-label="Table">
    <table>
      {header.length > 0 && (
        <thead>
          <tr>
            {header.map((text, column) => (
              // pandas leaves the header above its index empty.
              <th key={column} scope="col" aria-label={text === '' ? 'Index' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((text, column) => (
              <td key={column}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    {left > 0 && <p>… and {countText(left, 'more row')}.</p>}
  </section>
);

const OutputView = ({ output }: { readonly output: Output }) => {
  switch (output.kind) {
    case 'text':
      return <Preformatted text={output.text} label="Output" look="atmo-output" />;
    case 'error':
      return <Preformatted text={output.text} label="Error" look="atmo-output atmo-output-error" />;
    case 'image':
      return <img src={output.address} alt={output.alt} className="atmo-image" />;
    case 'table':
      return <TableView table={output.table} />;
    case 'omitted':
      return <p className="atmo-omitted">Not shown here: {output.what}. Download the notebook to see it.</p>;
  }
};

const CellView = ({ cell }: { readonly cell: Cell }) => (
  <div className="atmo-cell">
    {cell.title !== null && <Box variant="h3">{cell.title}</Box>}
    {cell.kind === 'markdown' ? (
      <Markdown text={cell.source} />
    ) : (
      <div className="atmo-code">
        <span className="atmo-count" title="Order of execution">
          {cell.count === null ? '[ ]' : `[${cell.count}]`}
        </span>
        <Preformatted text={cell.source} label="Code" look="atmo-source" />
      </div>
    )}
    {cell.outputs.map((output, index) => (
      <OutputView key={index} output={output} />
    ))}
  </div>
);

/** A notebook as escaped text, raster images and tables of text: whatever is in it, nothing of it runs here. */
export const NotebookView = ({ notebook }: { readonly notebook: NotebookModel }) => (
  <div className="atmo-notebook">
    {notebook.cells.length === 0 && <Box color="text-body-secondary">This notebook is empty.</Box>}
    {notebook.cells.map((cell, index) => (
      <CellView key={index} cell={cell} />
    ))}
  </div>
);
