import { MAX_TABLE_CELL_TEXT, MAX_TABLE_CELLS, MAX_TABLE_COLUMNS, MAX_TABLE_ROWS } from '../../../lib/viewer-bounds.ts';
import type { Table } from './notebook-model.ts';

const cellText = (text: string): string =>
  text.length > MAX_TABLE_CELL_TEXT ? `${text.slice(0, MAX_TABLE_CELL_TEXT)} …` : text;

const shownRow = (row: readonly string[]): readonly string[] => row.slice(0, MAX_TABLE_COLUMNS).map(cellText);

/** As many of a table's rows and columns as are shown; `total` counts the rows, without the header. */
export const shownTable = (header: readonly string[], rows: Iterable<readonly string[]>, total: number): Table => {
  const shown: (readonly string[])[] = [];
  let width = header.length;
  let cells = 0;
  for (const row of rows) {
    cells += Math.min(row.length, MAX_TABLE_COLUMNS);
    if (shown.length === MAX_TABLE_ROWS || cells > MAX_TABLE_CELLS) break;
    width = Math.max(width, row.length);
    shown.push(shownRow(row));
  }
  return {
    header: shownRow(header),
    rows: shown,
    rowsLeft: total - shown.length,
    columnsLeft: Math.max(0, width - MAX_TABLE_COLUMNS),
  };
};
