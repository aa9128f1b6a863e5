import '../../../lib/zod-without-eval.ts';

import * as z from 'zod';

import { readFormula } from '../../../components/markup/read-formula.ts';
import { readMarkdown } from '../../../components/markup/read-markdown.ts';
import { MAX_FRAME } from '../../../lib/viewer-bounds.ts';
import { endOfOutput, startOf, startOfOutput } from './excerpt.ts';
import { highlighted } from './highlighted-source.ts';
import { lines, type MergedOutput } from './merged-outputs.ts';
import type { Output } from './notebook-model.ts';
import { RASTER_TYPES, rasterImage, type ShownImage } from './raster-image.ts';
import { shownHtml } from './shown-html.ts';
import { svgImage } from './svg-image.ts';

type Bundle = Readonly<Record<string, unknown>>;

const output = z.union([
  z.object({
    output_type: z.literal('error'),
    ename: z.string().catch('Error'),
    evalue: z.string().catch(''),
    traceback: z.array(z.string()).catch([]),
  }),
  z.object({
    output_type: z.enum(['display_data', 'execute_result']),
    data: z.record(z.string(), z.unknown()).catch({}),
  }),
]);

const textOf = (data: Bundle, type: string): string | null => lines.safeParse(data[type]).data ?? null;

const omitted = (what: string): Output => ({ kind: 'omitted', what });

const printed = (said: string, label: 'Output' | 'Standard error' = 'Output'): Output => ({
  kind: 'text',
  label,
  excerpt: startOfOutput(said),
});

const shownImage = (image: ShownImage, alt: string): Output =>
  'refusal' in image ? omitted(image.refusal) : { kind: 'image', address: image.address, alt };

const image = (data: Bundle, alt: string): Output | null => {
  for (const type of RASTER_TYPES) {
    const base64 = textOf(data, type);
    if (base64 !== null) return shownImage(rasterImage(type, base64), alt);
  }
  const svg = textOf(data, 'image/svg+xml');
  return svg === null ? null : shownImage(svgImage(svg), alt);
};

const html = (data: Bundle): Output | null => {
  const source = textOf(data, 'text/html');
  return source === null ? null : shownHtml(source);
};

const PLOTLY = 'application/vnd.plotly.v1+json';

const plotlyFigure = z.object({ data: z.array(z.unknown()) });

const figure = (data: Bundle): Output | null => {
  if (!plotlyFigure.safeParse(data[PLOTLY]).success) return null;
  const json = JSON.stringify(data[PLOTLY]);
  return json.length > MAX_FRAME ? null : { kind: 'figure', figure: json };
};

const markup = (data: Bundle): Output | null => {
  const markdown = textOf(data, 'text/markdown');
  if (markdown !== null) return { kind: 'markup', markup: readMarkdown(markdown, { formula: readFormula }) };
  const latex = textOf(data, 'text/latex');
  return latex === null ? null : { kind: 'markup', markup: readMarkdown(latex, { formula: readFormula }) };
};

const jsonText = (text: string): Output => ({
  kind: 'text',
  label: 'Output',
  excerpt: startOf(text, (shown) => highlighted(shown, 'json')),
});

const json = (data: Bundle): Output | null =>
  data['application/json'] === undefined ? null : jsonText(JSON.stringify(data['application/json'], null, 2));

/** Types that have been looked at, or whose text says as much; a widget is gone with its kernel. */
const KNOWN = /^(text\/|image\/(png|jpeg|gif|webp|svg\+xml)$|application\/(json|vnd\.jupyter\.widget-view\+json)$)/;

/** The richest form of an output that is safe to show, and what it holds besides. */
const displayed = (data: Bundle): readonly Output[] => {
  const plain = textOf(data, 'text/plain');
  const alt = plain === null || plain.trim() === '' ? 'Output of the cell' : plain.slice(0, 500);
  const shown =
    figure(data) ??
    image(data, alt) ??
    html(data) ??
    markup(data) ??
    json(data) ??
    (plain === null ? null : printed(plain));
  const types = Object.keys(data).slice(0, 10);
  const others = types.filter((type) => !KNOWN.test(type) && !(type === PLOTLY && shown?.kind === 'figure'));
  if (shown === null) return [omitted(types.join(', ').slice(0, 200) || 'an empty output')];
  const isLess = textOf(data, 'text/html') !== null && shown.kind === 'text' && shown.label === 'Output';
  const left = isLess ? ['text/html', ...others] : others;
  return left.length === 0 ? [shown] : [shown, omitted(left.join(', ').slice(0, 200))];
};

/** What is shown of an output. */
export const outputsOf = (merged: MergedOutput): readonly Output[] => {
  if ('stream' in merged) {
    const { name, text: said } = merged.stream;
    return [printed(said, name === 'stderr' ? 'Standard error' : 'Output')];
  }
  const { data } = output.safeParse(merged.other);
  if (data === undefined) return [omitted('an output of an unknown kind')];
  if (data.output_type !== 'error') return displayed(data.data);
  const { ename, evalue, traceback } = data;
  return [
    {
      kind: 'error',
      excerpt: endOfOutput(traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`),
    },
  ];
};
