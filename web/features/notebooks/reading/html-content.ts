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

/** Elements of a table of data, and those that pandas and Spark put around it. */
const PLAIN = named('b br caption col colgroup div p small span strong style table tbody td tfoot th thead tr');
const SCRIPTS = named('base embed frame iframe link meta object portal script');

/** pandas tells the size of a table below it. */
const SIZE = /^(?:[\d,]+ rows × [\d,]+ columns)?$/;

interface HtmlContent {
  readonly table: Table | null;
  /** Whether the table is all there is: no colours, pictures, links or text besides. */
  readonly isTableOnly: boolean;
  /** By lines. */
  readonly text: string;
  readonly hasScript: boolean;
}

const runsScript = (attributes: Readonly<Record<string, string>>): boolean =>
  Object.entries(attributes).some(([name, value]) => name.startsWith('on') || /^\s*javascript:/i.test(value));

/** What is said in a piece of HTML. Nothing of it becomes an element. */
export const contentOfHtml = (html: string): HtmlContent => {
  const text: string[] = [];
  const beside: string[] = [];
  const table = firstTable();
  let tables = 0;
  let within = 0;
  let isPlain = true;
  let isInStyle = false;
  let hasScript = false;
  let depth = 0;
  let silent = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      isInStyle = name === 'style';
      if (name === 'table') {
        tables += 1;
        within += 1;
      }
      hasScript ||= SCRIPTS.has(name) || runsScript(attributes);
      // pandas aligns the header by such an attribute.
      isPlain &&= PLAIN.has(name) && (attributes['style'] ?? 'text-align').startsWith('text-align');
      if (SILENT.has(name)) silent += 1;
      if (LINES.has(name)) text.push('\n');
      table.open(name);
    },
    ontext(part) {
      // pandas' own rules are for every table; those of a styled one name its cells.
      if (isInStyle && part.includes('#')) isPlain = false;
      if (silent > 0) return;
      if (within === 0) beside.push(part);
      text.push(part);
      table.text(part);
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'style') isInStyle = false;
      if (name === 'table') within -= 1;
      if (SILENT.has(name)) silent -= 1;
      if (LINES.has(name)) text.push('\n');
      if (name === 'td' || name === 'th') text.push(' ');
      table.close(name);
    },
  });
  parseInChunks(parser, html.slice(0, MAX_HTML), () => depth <= MAX_HTML_NESTING);
  const isTableOnly = isPlain && !hasScript && tables === 1 && SIZE.test(inLines(beside.join('')));
  return { table: table.read(), isTableOnly, text: inLines(text.join('')), hasScript };
};
