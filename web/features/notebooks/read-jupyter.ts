import '../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { tableIn } from './html-table.ts';
import type { Cell, NotebookModel, Output } from './notebook-model.ts';
import { withoutEscapes } from './terminal-text.ts';

/** nbformat keeps long text as a list of lines. */
const lines = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? text : text.join('')));

const bundle = z.record(z.string(), z.unknown()).catch({});

const output = z.union([
  z.object({ output_type: z.literal('stream'), text: lines }),
  z.object({ output_type: z.literal('error'), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
  z.object({ output_type: z.enum(['display_data', 'execute_result']), data: bundle }),
]);

const cell = z.object({
  cell_type: z.enum(['markdown', 'code', 'raw']),
  source: lines,
  metadata: z.object({ tags: z.array(z.string()).catch([]) }).catch({ tags: [] }),
  execution_count: z.number().nullish().catch(null),
  outputs: z.array(z.unknown()).catch([]),
});

const notebook = z.object({
  nbformat: z.literal(4),
  cells: z.array(cell),
  metadata: z
    .object({ language_info: z.object({ name: z.string() }).catch({ name: 'python' }) })
    .catch({ language_info: { name: 'python' } }),
});

/** Raster formats only: an SVG is a document of its own. */
const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

const textOf = (data: Record<string, unknown>, type: string): string | null => {
  const parsed = lines.safeParse(data[type]);
  return parsed.success ? parsed.data : null;
};

/** The richest form of an output that is safe to show: an image, a table's text, plain text. */
const displayed = (data: Record<string, unknown>): Output => {
  const plain = textOf(data, 'text/plain') ?? '';
  for (const type of IMAGES) {
    const base64 = textOf(data, type)?.replaceAll(/\s/g, '');
    if (base64 !== undefined && /^[A-Za-z0-9+/=]+$/.test(base64))
      return { kind: 'image', address: `data:${type};base64,${base64}`, alt: plain || 'Output of the cell' };
  }
  const table = tableIn(textOf(data, 'text/html') ?? '');
  if (table !== null) return { kind: 'table', table };
  return plain === ''
    ? { kind: 'omitted', what: Object.keys(data).join(', ') || 'an empty output' }
    : { kind: 'text', text: withoutEscapes(plain) };
};

const outputOf = (value: unknown): Output => {
  const parsed = output.safeParse(value);
  if (!parsed.success) return { kind: 'omitted', what: 'an output of an unknown kind' };
  const { data } = parsed;
  if (data.output_type === 'stream') return { kind: 'text', text: withoutEscapes(data.text) };
  if (data.output_type === 'error') {
    const traceback = data.traceback.length > 0 ? data.traceback.join('\n') : `${data.ename}: ${data.evalue}`;
    return { kind: 'error', text: withoutEscapes(traceback) };
  }
  return displayed(data.data);
};

/** Cells that papermill inserts to mark the failing one; they are HTML, and the error is shown at its cell anyway. */
const isMark = ({ metadata }: z.output<typeof cell>): boolean => metadata.tags.includes('papermill-error-cell-tag');

const cellOf = ({ cell_type: kind, source, execution_count: count, outputs }: z.output<typeof cell>): Cell => ({
  kind,
  title: null,
  source,
  count: count ?? null,
  outputs: kind === 'code' ? outputs.map(outputOf) : [],
});

/** A Jupyter notebook (nbformat 4); null where it is none. */
export const readJupyter = (document: unknown): NotebookModel | null => {
  const parsed = notebook.safeParse(document);
  if (!parsed.success) return null;
  const { cells, metadata } = parsed.data;
  return { language: metadata.language_info.name, cells: cells.filter((each) => !isMark(each)).map(cellOf) };
};
