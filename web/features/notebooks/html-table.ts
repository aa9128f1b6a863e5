import type { Table } from './notebook-model.ts';

const MAX_ROWS = 200;
const MAX_COLUMNS = 50;

const textsOf = (row: HTMLTableRowElement): string[] =>
  Array.from(row.cells, ({ textContent }) => textContent.trim()).slice(0, MAX_COLUMNS);

/** At most so many rows of a table; the first are its header where that is said. */
export const shortened = (header: readonly string[], rows: readonly (readonly string[])[]): Table => ({
  header,
  rows: rows.slice(0, MAX_ROWS),
  left: Math.max(0, rows.length - MAX_ROWS),
});

/** Leaves the bare elements: styles, scripts and attributes say nothing about the text of a table. */
const bare = (html: string): string =>
  html.replaceAll(/<(style|script)\b[\s\S]*?(<\/\1>|$)/gi, '').replaceAll(/<(\w+)\s[^>]*>/g, '<$1>');

/**
 * The text of the first table in a piece of HTML, as pandas and Spark show data frames; null where there is none. The
 * document made here is inert: nothing in it runs, loads or is put on the page.
 */
export const tableIn = (html: string): Table | null => {
  if (!/<table/i.test(html)) return null;
  const table = new DOMParser().parseFromString(bare(html), 'text/html').querySelector('table');
  if (table === null) return null;
  const [first, ...others] = Array.from(table.rows);
  if (first === undefined) return null;
  const hasHeader = Array.from(first.cells).every(({ tagName }) => tagName === 'TH');
  return hasHeader ? shortened(textsOf(first), others.map(textsOf)) : shortened([], [first, ...others].map(textsOf));
};
