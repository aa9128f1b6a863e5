import temml from 'temml';

import { MAX_FORMULA, MAX_FORMULA_ELEMENTS, MAX_FORMULA_EXPANSIONS } from '../../lib/viewer-bounds.ts';
import { MATH_TAGS, type Markup, type MarkupElement, type Tag } from './markup.ts';

const isMathTag = (name: string): name is Tag => (MATH_TAGS as readonly string[]).includes(name);

/** Attributes for the layout of mathematics; none holds an address. */
const ATTRIBUTES = new Set(
  [
    'accent accentunder columnalign columnlines columnspacing depth dir display displaystyle fence form framespacing',
    'height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace',
    'scriptlevel separator stretchy symmetric voffset width',
  ].flatMap((names) => names.split(' ')),
);

const STYLES = new Set(
  [
    'backgroundColor border borderBottom borderLeft borderRight borderTop color display fontFamily fontSize fontStyle',
    'fontWeight marginLeft marginRight padding paddingBottom paddingLeft paddingRight paddingTop textAlign textShadow',
    'verticalAlign width',
  ].flatMap((names) => names.split(' ')),
);

/** temml's output for a formula: elements, fragments and text. */
interface MathTree {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly children?: readonly MathTree[];
}

/** temml's other functions return HTML strings or write into a document. The cast is needed because its types depend on module resolution. */
const { __renderToMathMLTree: mathTreeOf } = temml as unknown as {
  readonly __renderToMathMLTree: (source: string, options: object) => MathTree;
};

const only = (values: Readonly<Record<string, unknown>> = {}, names: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (names.has(name) ? [[name, String(value)] as const] : [])),
  );

const elementsOf = (tree: MathTree, count: { left: number }): readonly Markup[] => {
  count.left -= 1;
  if (count.left < 0) throw new RangeError('The formula has too many parts.');
  if (tree.text !== undefined) return [tree.text];
  const children = (tree.children ?? []).flatMap((child) => elementsOf(child, count));
  if (tree.type === undefined || !isMathTag(tree.type)) return children;
  const made: MarkupElement = {
    tag: tree.type,
    children,
    properties: only(tree.attributes, ATTRIBUTES),
    style: only(tree.style, STYLES),
  };
  return [made];
};

/** A TeX formula as MathML; null if it is too long or not valid TeX, in which case its source is shown. */
export const readFormula = (source: string, isBlock: boolean): Markup | null => {
  if (source.length > MAX_FORMULA) return null;
  try {
    const tree = mathTreeOf(source, {
      displayMode: isBlock,
      throwOnError: true,
      trust: false,
      maxExpand: MAX_FORMULA_EXPANSIONS,
      maxSize: [20, 500],
      macros: {},
    });
    return elementsOf(tree, { left: MAX_FORMULA_ELEMENTS })[0] ?? null;
  } catch {
    return null;
  }
};
