import '../../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { lines } from './merged-outputs.ts';
import type { NotebookModel, NotebookStage } from './notebook-model.ts';
import { readJupyter } from './read-jupyter.ts';

/** What IPython wrote until 2015 (nbformat 3): cells in worksheets, under other names. */
const notebook = z.object({
  nbformat: z.literal(3),
  worksheets: z.array(z.object({ cells: z.array(z.unknown()) })).min(1),
});

const codeCell = z.object({
  cell_type: z.literal('code'),
  input: z.unknown().optional(),
  language: z.string().optional().catch(undefined),
  prompt_number: z.unknown().optional(),
  outputs: z.array(z.unknown()).catch([]),
});

const headingCell = z.object({
  cell_type: z.literal('heading'),
  level: z.int().min(1).max(6).catch(1),
  source: lines.catch(''),
});

const htmlCell = z.object({ cell_type: z.literal('html'), source: z.unknown().optional() });

const stream = z.object({
  output_type: z.literal('stream'),
  stream: z.string().catch('stdout'),
  text: z.unknown().optional(),
});
const error = z.looseObject({ output_type: z.literal('pyerr') });
const display = z.looseObject({ output_type: z.enum(['pyout', 'display_data']) });

/** The short names of types. */
const TYPES = {
  text: 'text/plain',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  json: 'application/json',
  javascript: 'application/javascript',
  pdf: 'application/pdf',
} as const;

/** JSON is a text in it, of which nbformat 4 has the value. */
const valueOf = (type: string, content: unknown): unknown => {
  const text = type === 'application/json' ? lines.safeParse(content).data : undefined;
  if (text === undefined) return content;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const outputOf = (raw: unknown): unknown => {
  const said = stream.safeParse(raw).data;
  if (said !== undefined) return { output_type: 'stream', name: said.stream, text: said.text };
  const failed = error.safeParse(raw).data;
  if (failed !== undefined) return { ...failed, output_type: 'error' };
  const shown = display.safeParse(raw).data;
  if (shown === undefined) return raw;
  const data: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(TYPES))
    if (Object.hasOwn(shown, name)) data[type] = valueOf(type, shown[name]);
  return { output_type: 'display_data', data };
};

/** A cell as nbformat 4 has it. */
const cellOf = (raw: unknown): unknown => {
  const code = codeCell.safeParse(raw).data;
  if (code !== undefined)
    return {
      cell_type: 'code',
      source: code.input,
      execution_count: code.prompt_number,
      outputs: code.outputs.map(outputOf),
    };
  const heading = headingCell.safeParse(raw).data;
  if (heading !== undefined)
    return {
      cell_type: 'markdown',
      source: `${'#'.repeat(heading.level)} ${heading.source.trim().replaceAll(/\s*\n\s*/g, ' ')}`,
    };
  const html = htmlCell.safeParse(raw).data;
  return html === undefined ? raw : { cell_type: 'markdown', source: html.source };
};

/** A Jupyter notebook of nbformat 3; null where it is none. */
export const readNbformat3 = (document: unknown, stage: NotebookStage): NotebookModel | null => {
  const parsed = notebook.safeParse(document).data;
  if (parsed === undefined) return null;
  const cells = parsed.worksheets.flatMap((worksheet) => worksheet.cells);
  // Each code cell names its language; those of one notebook have the same.
  const language = cells.map((cell) => codeCell.safeParse(cell).data?.language).find((name) => name !== undefined);
  const model = readJupyter({ nbformat: 4, metadata: { language_info: { name: language ?? '' } }, cells }, stage);
  return model === null ? null : { cells, cellOf: (cell) => model.cellOf(cellOf(cell)) };
};
