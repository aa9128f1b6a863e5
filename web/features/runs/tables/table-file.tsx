/* oxlint-disable react/no-array-index-key -- rows and columns have no name but their place */
import './table-file.css';

import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../../shared/contract/routes/runs.ts';
import { focusableWhenScrolling } from '../../../components/focusable-when-scrolling.ts';
import { Loaded } from '../../../components/loaded.tsx';
import { countText } from '../../../lib/amounts.ts';
import { fetchFile } from '../../../lib/api.ts';
import { SHOWN_ROWS, type FileTable } from './file-table.ts';
import { readTable } from './read-table.ts';

const sizeOf = ({ columns, rows, rowCount }: FileTable): string => {
  const width = countText(columns.length, 'column');
  if (rowCount !== null && rowCount <= rows.length) return `${countText(rows.length, 'row')}, ${width}.`;
  const all = rowCount === null ? '' : ` of ${rowCount.toLocaleString('en-US')}`;
  return `The first ${SHOWN_ROWS}${all} rows, ${width}. Download the file to see the rest.`;
};

const TableView = ({ table, name }: { readonly table: FileTable; readonly name: string }) => (
  <>
    <Box color="text-body-secondary">{sizeOf(table)}</Box>
    <section className="atmo-file-table" aria-label={name} ref={focusableWhenScrolling}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={at} scope="col" aria-label={column === '' ? `Column ${at + 1}` : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, at) => (
                <td key={at}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </>
);

/** The first hundred rows of a CSV or Parquet file. */
const TableFile = ({ file }: { readonly file: RunFile }) => {
  const query = useQuery({
    queryKey: ['table', file.key, file.etag],
    queryFn: async ({ signal }) =>
      readTable(
        {
          file: await (await fetchFile(file.url, signal)).blob(),
          kind: file.name.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv',
        },
        signal,
      ),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Loaded query={query} what="the table">
      {(table) => <TableView table={table} name={file.name} />}
    </Loaded>
  );
};

export default TableFile;
