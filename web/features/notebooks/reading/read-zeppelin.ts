import '../../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { readFormula } from '../../../components/markup/read-formula.ts';
import { headingLevels, readMarkdown } from '../../../components/markup/read-markdown.ts';
import { MAX_TABLE_ROWS } from '../../../lib/viewer-bounds.ts';
import { boundedOutputs } from './bounded-outputs.ts';
import { endOfOutput, startOf, startOfOutput } from './excerpt.ts';
import { highlighted, languageOf } from './highlighted-source.ts';
import type { Cell, NotebookModel, Output } from './notebook-model.ts';
import { rasterImage } from './raster-image.ts';
import { shownHtml } from './shown-html.ts';
import { shownTable } from './shown-table.ts';

const code = z.string().catch('');

/** Since 0.7: a list of messages. */
const results = z.object({ code, msg: z.array(z.object({ type: z.string(), data: z.string().catch('') })).catch([]) });

/** Until 0.6: one message, under another name. */
const result = z
  .object({ code, type: z.string(), msg: z.string() })
  .transform(({ code, type, msg }) => ({ code, msg: [{ type, data: msg }] }));

const NOTHING = { code: '', msg: [] };

const paragraph = z.object({
  title: z.string().nullish().catch(null),
  text: z.string().catch(''),
  results: results.nullish().catch(null),
  result: result.nullish().catch(null),
});

const note = z.object({ paragraphs: z.array(z.unknown()) });

const tabbed = (data: string): Output => {
  const [header = '', ...rows] = data.trimEnd().split('\n');
  const cells = (line: string): string[] => line.split('\t');
  return { kind: 'table', table: shownTable(cells(header), rows.slice(0, MAX_TABLE_ROWS).map(cells), rows.length) };
};

const html = (data: string): Output => shownHtml(data) ?? { kind: 'omitted', what: 'HTML' };

const image = (data: string): Output => {
  const shown = rasterImage('image/png', data);
  return 'refusal' in shown
    ? { kind: 'omitted', what: shown.refusal }
    : { kind: 'image', address: shown.address, alt: 'Output of the paragraph' };
};

interface Message {
  readonly made: 1;
  readonly type: string;
  readonly data: string;
  readonly isError: boolean;
}

const outputsOf = ({ type, data, isError }: Message): readonly Output[] => {
  if (data.trim() === '') return [];
  switch (type) {
    case 'TABLE':
      return [tabbed(data)];
    case 'IMG':
      return [image(data)];
    case 'HTML':
      return [html(data)];
    case 'ANGULAR':
    case 'NETWORK':
      return [{ kind: 'omitted', what: `an output of the type ${type}` }];
    default:
      return isError
        ? [{ kind: 'error', excerpt: endOfOutput(data) }]
        : [{ kind: 'text', label: 'Output', excerpt: startOfOutput(data) }];
  }
};

const MARKDOWN = /^\s*%(?:\w+\.)?md\b(?:\.\w+)?(?:\([^)\n]*\))?\s*/;

/** A Zeppelin note of any generation; null where it is none. */
export const readZeppelin = (document: unknown): NotebookModel | null => {
  const parsed = note.safeParse(document);
  if (!parsed.success) return null;
  let place = 0;
  const heading = headingLevels();
  const cellOf = (raw: unknown): Cell | null => {
    place += 1;
    const { title = null, text, ...said } = paragraph.catch(paragraph.parse({})).parse(raw);
    const isMarkdown = MARKDOWN.test(text);
    const { code, msg } = said.results ?? said.result ?? NOTHING;
    const messages = msg.map((each): Message => ({ ...each, made: 1, isError: code === 'ERROR' }));
    // What a Markdown paragraph shows is that Markdown once more, as HTML.
    const outputs = boundedOutputs(isMarkdown ? 0 : msg.length, isMarkdown ? [] : messages, outputsOf);
    // Editors leave empty lines at the end, which would be shown as an empty box.
    const source = (isMarkdown ? text.replace(MARKDOWN, '') : text).trimEnd();
    if (source.trim() === '' && outputs.outputs.length === 0) return null;
    if (title !== null && title !== '') heading(1);
    return {
      ...(isMarkdown
        ? { kind: 'markdown', markup: readMarkdown(source, { formula: readFormula, heading, code: highlighted }) }
        : { kind: 'code', source: startOf(source, (shown) => highlighted(shown, languageOf(source, 'scala'))) }),
      title: title === '' ? null : title,
      number: isMarkdown ? null : place,
      ...outputs,
    };
  };
  return { cells: parsed.data.paragraphs, cellOf };
};
