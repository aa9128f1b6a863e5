import { MAX_LINES, MAX_TEXT } from '../../../lib/viewer-bounds.ts';
import type { Excerpt } from './notebook-model.ts';

/** Where the line after so many ends; the length of the text where it has no more. */
const endOfLines = (text: string): number => {
  let at = -1;
  for (let line = 0; line < MAX_LINES; line += 1) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return text.length;
  }
  return at;
};

const startOfLines = (text: string): number => {
  let at = text.length;
  for (let line = 0; line < MAX_LINES && at > 0; line += 1) at = text.lastIndexOf('\n', at - 1);
  return at + 1;
};

export const startOf = (text: string): Excerpt => {
  const cut = text.slice(0, MAX_TEXT);
  const shown = cut.slice(0, endOfLines(cut));
  return { text: shown, left: text.length - shown.length, isEnd: false };
};

export const endOf = (text: string): Excerpt => {
  const cut = text.slice(-MAX_TEXT);
  const shown = cut.slice(startOfLines(cut));
  return { text: shown, left: text.length - shown.length, isEnd: true };
};
