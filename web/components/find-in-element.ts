import { MAX_FOUND } from '../lib/viewer-bounds.ts';

/** Where an element's text nodes begin in all of its text. */
interface Piece {
  readonly node: Node;
  readonly start: number;
}

/** What is folded away cannot be brought in view. */
const isFolded = (node: Node): boolean => node instanceof Element && node.hasAttribute('hidden');

const piecesOf = (element: Element): { readonly text: string; readonly pieces: readonly Piece[] } => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT + NodeFilter.SHOW_ELEMENT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return isFolded(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const pieces: Piece[] = [];
  const texts: string[] = [];
  let start = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    pieces.push({ node, start });
    texts.push(text);
    start += text.length;
  }
  return { text: texts.join(''), pieces };
};

/** All places of a text in an element, without regard to case; at most as many as can be marked. */
export const findInElement = (element: Element, wanted: string): readonly Range[] => {
  if (wanted === '') return [];
  const { text, pieces } = piecesOf(element);
  // Lower case may be longer than the text in a few scripts, whose places would then be wrong.
  const lower = text.toLowerCase();
  const [within, sought] = lower.length === text.length ? [lower, wanted.toLowerCase()] : [text, wanted];
  const ranges: Range[] = [];
  let piece = 0;
  const place = (at: number): readonly [Node, number] | null => {
    while (piece + 1 < pieces.length && (pieces[piece + 1]?.start ?? 0) <= at) piece += 1;
    const found = pieces[piece];
    return found === undefined ? null : [found.node, at - found.start];
  };
  for (let at = within.indexOf(sought); at !== -1 && ranges.length < MAX_FOUND; at = within.indexOf(sought, at + 1)) {
    const start = place(at);
    const last = place(at + sought.length - 1);
    if (start === null || last === null) break;
    const range = new Range();
    range.setStart(...start);
    range.setEnd(last[0], last[1] + 1);
    ranges.push(range);
  }
  return ranges;
};

/** Marks all places without touching the document, and brings one of them in view. */
export const showFound = (ranges: readonly Range[], at: number): void => {
  const current = ranges[at];
  if ('highlights' in CSS) {
    CSS.highlights.set('atmo-found', new Highlight(...ranges));
    CSS.highlights.set('atmo-found-now', new Highlight(...(current === undefined ? [] : [current])));
  }
  const place = current?.startContainer.parentElement;
  place?.closest('details')?.setAttribute('open', '');
  place?.scrollIntoView({ block: 'center', inline: 'nearest' });
};
