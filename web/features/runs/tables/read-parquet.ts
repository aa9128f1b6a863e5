import { parquetMetadata, parquetReadObjects, parquetSchema, type Compressors } from 'hyparquet';
import {
  decompressBrotli,
  decompressGzip,
  decompressLz4,
  decompressLz4Raw,
  decompressZstd,
} from 'hyparquet-compressors';

import { cellText, SHOWN_COLUMNS, SHOWN_ROWS, type FileTable } from './file-table.ts';

const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  // Spark's 64-bit integers are bigints, which JSON does not know.
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
};

/** Without its Snappy: that is WebAssembly, which the content security policy refuses, and hyparquet has one in JavaScript. */
const COMPRESSORS: Compressors = {
  GZIP: decompressGzip,
  BROTLI: decompressBrotli,
  ZSTD: (input) => decompressZstd(input),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
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
    compressors: COMPRESSORS,
    columns,
    rowStart: 0,
    rowEnd: Math.min(SHOWN_ROWS, rowCount),
  });
  return { columns, rows: rows.map((row) => columns.map((name) => cellText(valueText(row[name])))), rowCount };
};
