import { Parser } from 'htmlparser2';

import { MAX_SVG, MAX_SVG_ELEMENTS } from '../../../lib/viewer-bounds.ts';
import { parseInChunks } from './parse-in-chunks.ts';
import type { ShownImage } from './raster-image.ts';
import { referencesIn } from './svg-references.ts';

/** Effects that compute every pixel anew, and elements that are documents of their own or change by themselves. */
const COSTLY = /(^|:)(animate.*|discard|feimage|filter|foreignobject|iframe|pattern|script|set)$/i;

/** How deep elements may stand in one another; they are counted by recursion, along references too. */
const MAX_NESTING = 100;

interface Drawn {
  readonly children: Drawn[];
  readonly references: readonly string[];
}

/** How many elements are drawn with each reference followed; endless where one leads back to itself. */
const countDrawn = (root: Drawn, byId: ReadonlyMap<string, Drawn>): number => {
  const known = new Map<Drawn, number>();
  const count = (element: Drawn): number => {
    const before = known.get(element);
    if (before !== undefined) return before;
    known.set(element, Number.POSITIVE_INFINITY);
    const referred = element.references.flatMap((id) => byId.get(id) ?? []);
    const sum = [...element.children, ...referred].reduce((total, each) => total + count(each), 1);
    known.set(element, sum);
    return sum;
  };
  try {
    return count(root);
  } catch {
    // A chain of references that is longer than the stack.
    return Number.POSITIVE_INFINITY;
  }
};

/** How much a browser would draw of an SVG, in elements; endless where that cannot be told. */
const weightOfSvg = (svg: string): number => {
  const root: Drawn = { children: [], references: [] };
  const path = [root];
  const byId = new Map<string, Drawn>();
  let elements = 0;
  let isInStyle = false;
  // A declaration can add attributes that are not written at the element.
  let isCostly = /<!(ENTITY|ATTLIST)/i.test(svg);
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const references = referencesIn(attributes);
        isCostly ||= references === null || COSTLY.test(name) || isInStyle || path.length > MAX_NESTING;
        elements += 1;
        isInStyle = /(^|:)style$/i.test(name);
        const drawn: Drawn = { children: [], references: references ?? [] };
        path.at(-1)?.children.push(drawn);
        // Of two with the same name a browser takes the first.
        const { id } = attributes;
        if (id !== undefined && !byId.has(id)) byId.set(id, drawn);
        path.push(drawn);
      },
      ontext(text) {
        // A rule could refer from everywhere, be imported, or be written in escapes.
        isCostly ||= isInStyle && /url\(|[@\\]/i.test(text);
      },
      onclosetag() {
        isInStyle = false;
        path.pop();
      },
    },
    { xmlMode: true },
  );
  parseInChunks(parser, svg, () => !isCostly && elements <= MAX_SVG_ELEMENTS);
  return isCostly || elements === 0 ? Number.POSITIVE_INFINITY : countDrawn(root, byId);
};

/**
 * An SVG as an image: there it runs nothing and loads nothing. What it could still do is draw without end, so what it
 * draws is counted first.
 */
export const svgImage = (svg: string): ShownImage => {
  if (svg.length > MAX_SVG) return { refusal: 'an SVG image of more than 1 MB' };
  if (weightOfSvg(svg) > MAX_SVG_ELEMENTS) return { refusal: 'an SVG image that is too complex' };
  return { address: `data:image/svg+xml,${encodeURIComponent(svg)}` };
};
