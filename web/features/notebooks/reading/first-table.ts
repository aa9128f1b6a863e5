import { MAX_TABLE_CELL_TEXT, MAX_TABLE_ROWS } from '../../../lib/viewer-bounds.ts';
import type { Table } from './notebook-model.ts';
import { shownTable } from './shown-table.ts';

interface Row {
  readonly cells: string[];
  isHeader: boolean;
}

interface FirstTable {
  readonly open: (name: string) => void;
  readonly text: (part: string) => void;
  readonly close: (name: string) => void;
  /** Null where there was none, or one without rows. */
  readonly read: () => Table | null;
}

/** Gathers the first table of a document while it is parsed. A table within it is text of its cell. */
export const firstTable = (): FirstTable => {
  const rows: Row[] = [];
  let row: Row = { cells: [], isHeader: true };
  let total = 0;
  let depth = 0;
  let isInCell = false;
  const isOver = (): boolean => depth === 0 && total > 0;
  return {
    open(name) {
      if (isOver()) return;
      if (name === 'table') depth += 1;
      if (depth !== 1) return;
      if (name === 'tr') {
        total += 1;
        row = { cells: [], isHeader: true };
        isInCell = false;
        // One more than is shown: the first may be the header.
        if (rows.length <= MAX_TABLE_ROWS) rows.push(row);
      } else if (name === 'td' || name === 'th') {
        row.cells.push('');
        row.isHeader &&= name === 'th';
        isInCell = true;
      }
    },
    text(part) {
      const last = row.cells.length - 1;
      const before = row.cells[last];
      // A little more than is shown, for it to be seen that it is cut.
      if (isInCell && before !== undefined && before.length <= MAX_TABLE_CELL_TEXT)
        row.cells[last] = before + part.slice(0, MAX_TABLE_CELL_TEXT + 1);
    },
    close(name) {
      if (depth === 1 && (name === 'td' || name === 'th' || name === 'table')) isInCell = false;
      if (name === 'table' && depth > 0) depth -= 1;
    },
    read() {
      const [first, ...others] = rows.map(({ cells, isHeader }) => ({
        isHeader,
        cells: cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim()),
      }));
      if (first === undefined) return null;
      const bodies = others.map(({ cells }) => cells);
      return first.isHeader
        ? shownTable(first.cells, bodies, total - 1)
        : shownTable([], [first.cells, ...bodies], total);
    },
  };
};
