import '../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { shortened, tableIn } from './html-table.ts';
import type { Cell, NotebookModel, Output } from './notebook-model.ts';
import { withoutEscapes } from './terminal-text.ts';

const message = z.object({ type: z.string(), data: z.string() });

const paragraph = z.object({
  title: z.string().optional().catch(undefined),
  text: z.string().catch(''),
  results: z
    .object({ code: z.string().catch(''), msg: z.array(message).catch([]) })
    .nullish()
    .catch(null),
});

const note = z.object({ paragraphs: z.array(paragraph) });

const tabbed = (data: string): Output => {
  const [header = [], ...rows] = data
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return { kind: 'table', table: shortened(header, rows) };
};

const outputOf = ({ type, data }: z.output<typeof message>, isError: boolean): Output => {
  if (type === 'TABLE') return tabbed(data);
  if (type === 'IMG' && /^[A-Za-z0-9+/=\s]+$/.test(data))
    return {
      kind: 'image',
      address: `data:image/png;base64,${data.replaceAll(/\s/g, '')}`,
      alt: 'Output of the paragraph',
    };
  if (type === 'HTML') {
    const table = tableIn(data);
    return table === null ? { kind: 'omitted', what: 'HTML' } : { kind: 'table', table };
  }
  return { kind: isError ? 'error' : 'text', text: withoutEscapes(data) };
};

const cellOf = ({ title, text, results }: z.output<typeof paragraph>): Cell => {
  const isMarkdown = /^\s*%md\b/.test(text);
  return {
    kind: isMarkdown ? 'markdown' : 'code',
    title: title ?? null,
    // Editors leave empty lines at the end, which would be shown as an empty box.
    source: (isMarkdown ? text.replace(/^\s*%md\S*\s*/, '') : text).trimEnd(),
    count: null,
    // What a Markdown paragraph shows is that Markdown once more, as HTML.
    outputs: isMarkdown ? [] : (results?.msg ?? []).map((each) => outputOf(each, results?.code === 'ERROR')),
  };
};

/** A Zeppelin note; null where it is none. */
export const readZeppelin = (document: unknown): NotebookModel | null => {
  const parsed = note.safeParse(document);
  if (!parsed.success) return null;
  const cells = parsed.data.paragraphs.map(cellOf);
  return {
    language: 'Zeppelin',
    cells: cells.filter(({ source, outputs }) => source.trim() !== '' || outputs.length > 0),
  };
};
