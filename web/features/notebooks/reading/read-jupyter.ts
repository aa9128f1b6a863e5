import '../../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { readFormula } from '../../../components/markup/read-formula.ts';
import { headingLevels, readMarkdown } from '../../../components/markup/read-markdown.ts';
import { attachedImage } from './attached-image.ts';
import { boundedOutputs } from './bounded-outputs.ts';
import { startOf } from './excerpt.ts';
import { highlighted, languageOf } from './highlighted-source.ts';
import { outputsOf } from './jupyter-outputs.ts';
import { lines, mergedOutputs } from './merged-outputs.ts';
import type { Cell, NotebookModel, NotebookStage } from './notebook-model.ts';

const cell = z.object({
  cell_type: z.enum(['markdown', 'code', 'raw']),
  source: lines.catch(''),
  metadata: z.object({ tags: z.array(z.string()).catch([]) }).catch({ tags: [] }),
  execution_count: z.number().nullish().catch(null),
  outputs: z.array(z.unknown()).catch([]),
  attachments: z.record(z.string(), z.record(z.string(), z.unknown())).catch({}),
});

type JupyterCell = z.output<typeof cell>;

const notebook = z.object({
  nbformat: z.literal(4),
  metadata: z
    .object({
      language_info: z.object({ name: z.string() }).nullish().catch(null),
      kernelspec: z
        .object({ language: z.string().nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .catch({}),
  cells: z.array(z.unknown()),
});

/** Cells that papermill inserts to mark the failing one; they are HTML, and the error is shown at its cell anyway. */
const isMark = ({ metadata: { tags } }: JupyterCell): boolean => tags.includes('papermill-error-cell-tag');

const isInjected = ({ metadata: { tags } }: JupyterCell): boolean => tags.includes('injected-parameters');

const UNREADABLE: Cell = {
  kind: 'raw',
  title: null,
  number: null,
  source: startOf(''),
  outputs: [{ kind: 'omitted', what: 'a cell of an unknown kind' }],
  outputsLeft: 0,
};

/**
 * Numbers the code cells by their place in the notebook as uploaded. A run counts its cells in that way too, and adds one
 * with the parameters, which has no place.
 */
const numbering = (stage: NotebookStage): ((cell: JupyterCell) => number | null) => {
  let last = 0;
  return (read) => {
    if (read.cell_type !== 'code') return null;
    if (stage === 'executed' && isInjected(read)) return null;
    last = (stage === 'executed' ? read.execution_count : null) ?? last + 1;
    return last;
  };
};

/** A Jupyter notebook (nbformat 4); null where it is none. */
export const readJupyter = (document: unknown, stage: NotebookStage): NotebookModel | null => {
  const parsed = notebook.safeParse(document);
  if (!parsed.success) return null;
  const { language_info: info, kernelspec: kernel } = parsed.data.metadata;
  // Empty names are EMR's; its kernels run Python.
  const usual = (info?.name ?? kernel?.language ?? '').toLowerCase() || 'python';
  const numberOf = numbering(stage);
  const heading = headingLevels();
  const cellOf = (raw: unknown): Cell | null => {
    const { data: read } = cell.safeParse(raw);
    if (read === undefined) return UNREADABLE;
    if (isMark(read)) return null;
    const { cell_type: kind, source, attachments } = read;
    const image = (address: string): string | null => attachedImage(address, attachments);
    return {
      ...(kind === 'markdown'
        ? { kind, markup: readMarkdown(source, { formula: readFormula, image, heading, code: highlighted }) }
        : {
            kind,
            source: startOf(source, (shown) => (kind === 'raw' ? null : highlighted(shown, languageOf(source, usual)))),
          }),
      title: stage === 'executed' && isInjected(read) ? 'Parameters of this run' : null,
      number: numberOf(read),
      ...boundedOutputs(
        kind === 'code' ? read.outputs.length : 0,
        mergedOutputs(kind === 'code' ? read.outputs : []),
        outputsOf,
      ),
    };
  };
  return { cells: parsed.data.cells, cellOf };
};
