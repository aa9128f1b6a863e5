/* oxlint-disable react/no-array-index-key -- the parts of a notebook have no name but their place, and it never changes */
import { lazy, memo, Suspense } from 'react';

import { focusableWhenScrolling } from '../../components/focusable-when-scrolling.ts';
import { Loading } from '../../components/loaded.tsx';
import { MarkupNodes, MarkupView } from '../../components/markup/markup-view.tsx';
import { countText } from '../../lib/amounts.ts';
import { HtmlView } from './frame-view.tsx';
import type { Cell, Excerpt, Output, Table } from './reading/notebook-model.ts';

const FigureView = lazy(() => import('./figure-view.tsx'));

interface PreformattedProps {
  readonly excerpt: Excerpt;
  readonly label: string;
  readonly look: string;
}

/** Text that may be wider than the page, and can then be scrolled by keyboard too. */
export const Preformatted = memo(({ excerpt: { text, styled, left, isEnd }, label, look }: PreformattedProps) => {
  const rest = left > 0 && (
    <p className="atmo-omitted">
      {countText(left, 'more character')} not shown, {isEnd ? 'before this' : 'after this'}. Download the notebook to
      see them.
    </p>
  );
  return (
    <>
      {isEnd && rest}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <pre className={look} role="group" aria-label={label} ref={focusableWhenScrolling}>
        {styled === null ? text : <MarkupNodes markup={styled} />}
      </pre>
      {!isEnd && rest}
    </>
  );
});
Preformatted.displayName = 'Preformatted';

const leftOf = ({ rowsLeft, columnsLeft }: Table): string =>
  [rowsLeft > 0 && countText(rowsLeft, 'more row'), columnsLeft > 0 && countText(columnsLeft, 'more column')]
    .filter((part) => part !== false)
    .join(' and ');

const TableView = ({ table }: { readonly table: Table }) => (
  <>
    <section className="atmo-table-output" aria-label="Table" ref={focusableWhenScrolling}>
      <table>
        {table.header.length > 0 && (
          <thead>
            <tr>
              {table.header.map((text, column) => (
                // pandas leaves the header above its index empty.
                <th key={column} scope="col" aria-label={text === '' ? 'Index' : undefined}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, column) => (
                <td key={column}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    {leftOf(table) !== '' && (
      <p className="atmo-omitted">{leftOf(table)} not shown. Download the notebook to see them.</p>
    )}
  </>
);

const LOOKS = {
  Output: 'atmo-output',
  'Standard error': 'atmo-output atmo-output-stderr',
  'HTML as text': 'atmo-output',
} as const;

const TextView = ({ output: { label, excerpt } }: { readonly output: Extract<Output, { kind: 'text' }> }) => (
  <>
    <Preformatted excerpt={excerpt} label={label} look={LOOKS[label]} />
    {label === 'HTML as text' && (
      <p className="atmo-omitted">Shown as its text, since it is too long. Download the notebook to see it.</p>
    )}
  </>
);

const OutputView = ({ output }: { readonly output: Output }) => {
  switch (output.kind) {
    case 'text':
      return <TextView output={output} />;
    case 'error':
      return <Preformatted excerpt={output.excerpt} label="Error" look="atmo-output atmo-output-error" />;
    case 'image':
      return <img src={output.address} alt={output.alt} className="atmo-image" decoding="async" />;
    case 'table':
      return <TableView table={output.table} />;
    case 'html':
      return <HtmlView html={output.html} hasScript={output.hasScript} />;
    case 'figure':
      return (
        <Suspense fallback={<Loading what="the figure" />}>
          <FigureView figure={output.figure} />
        </Suspense>
      );
    case 'markup':
      return (
        <div className="atmo-markup-output">
          <MarkupView markup={output.markup} />
        </div>
      );
    case 'omitted':
      return <p className="atmo-omitted">Not shown here: {output.what}. Download the notebook to see it.</p>;
  }
};

/** The outputs of a cell. Rendered once: folding a thousand cells must not look at them again. */
export const OutputsView = memo(({ outputs, outputsLeft }: Pick<Cell, 'outputs' | 'outputsLeft'>) => (
  <div className="atmo-outputs">
    {outputs.map((output, index) => (
      <OutputView key={index} output={output} />
    ))}
    {outputsLeft > 0 && (
      <p className="atmo-omitted">
        {countText(outputsLeft, 'more output')} not shown. Download the notebook to see them.
      </p>
    )}
  </div>
));
OutputsView.displayName = 'OutputsView';
