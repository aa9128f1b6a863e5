import papaparse from 'papaparse';

import { cellText, SHOWN_COLUMNS, SHOWN_ROWS, type FileTable } from './file-table.ts';

/** The first rows of comma- or tab-separated values; the first line names the columns. */
export const readCsv = (text: string): FileTable => {
  const { data } = papaparse.parse<string[]>(text, { preview: SHOWN_ROWS + 2, skipEmptyLines: true });
  const lines = data.map((line) => line.slice(0, SHOWN_COLUMNS).map(cellText));
  const [columns = [], ...rows] = lines;
  return {
    columns,
    rows: rows.slice(0, SHOWN_ROWS),
    rowCount: rows.length > SHOWN_ROWS ? null : rows.length,
  };
};
