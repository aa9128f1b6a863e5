import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

import { cellText, SHOWN_COLUMNS, SHOWN_ROWS, type FileTable } from './file-table.ts';

const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  // Spark's 64-bit integers are bigints, which JSON does not know.
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
};

/** The first rows of a Parquet file. */
export const readParquet = async (file: ArrayBuffer): Promise<FileTable> => {
  const metadata = parquetMetadata(file);
  const columns = parquetSchema(metadata)
    .children.map(({ element: { name } }) => name)
    .slice(0, SHOWN_COLUMNS);
  const rowCount = Number(metadata.num_rows);
  const rows = await parquetReadObjects({
    file,
    metadata,
    compressors,
    columns,
    rowStart: 0,
    rowEnd: Math.min(SHOWN_ROWS, rowCount),
  });
  return { columns, rows: rows.map((row) => columns.map((name) => cellText(valueText(row[name])))), rowCount };
};
