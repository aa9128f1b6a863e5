import { MAX_FRAME } from '../../../lib/viewer-bounds.ts';
import { startOf } from './excerpt.ts';
import { contentOfHtml } from './html-content.ts';
import type { Output } from './notebook-model.ts';

const VISIBLE = /<(?:canvas|hr|iframe|img|input|meter|progress|script|svg|video)\b/i;

/** How HTML is shown: a table of data as one of ours, all else in a frame; null where there is nothing to see. */
export const shownHtml = (html: string): Output | null => {
  const { table, isTableOnly, text, hasScript } = contentOfHtml(html);
  if (table !== null && isTableOnly) return { kind: 'table', table };
  if (text === '' && !VISIBLE.test(html)) return null;
  if (html.length <= MAX_FRAME) return { kind: 'html', html, hasScript };
  return table === null ? { kind: 'text', label: 'HTML as text', excerpt: startOf(text) } : { kind: 'table', table };
};
