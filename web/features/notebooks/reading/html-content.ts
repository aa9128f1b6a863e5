import { Parser } from 'htmlparser2';

import { MAX_HTML, MAX_HTML_NESTING } from '../../../lib/viewer-bounds.ts';
import { firstTable } from './first-table.ts';
import type { Table } from './notebook-model.ts';
import { parseInChunks } from './parse-in-chunks.ts';

const named = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const SILENT = named('head math noscript script select style svg template title');
const LINES = named(
  'blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul',
);

const inLines = (text: string): string =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[\n ]*/g, '\n')
    .trim();

/** What is said in a piece of HTML: its first table, and its text by lines. Nothing of it becomes an element. */
export const contentOfHtml = (html: string): { readonly table: Table | null; readonly text: string } => {
  const text: string[] = [];
  const table = firstTable();
  let depth = 0;
  let silent = 0;
  const parser = new Parser({
    onopentag(name) {
      depth += 1;
      if (SILENT.has(name)) silent += 1;
      if (LINES.has(name)) text.push('\n');
      table.open(name);
    },
    ontext(part) {
      if (silent > 0) return;
      text.push(part);
      table.text(part);
    },
    onclosetag(name) {
      depth -= 1;
      if (SILENT.has(name)) silent -= 1;
      if (LINES.has(name)) text.push('\n');
      if (name === 'td' || name === 'th') text.push(' ');
      table.close(name);
    },
  });
  parseInChunks(parser, html.slice(0, MAX_HTML), () => depth <= MAX_HTML_NESTING);
  return { table: table.read(), text: inLines(text.join('')) };
};
