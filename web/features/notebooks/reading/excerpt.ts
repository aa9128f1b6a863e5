import { MAX_LINES, MAX_TEXT } from '../../../lib/viewer-bounds.ts';
import type { Excerpt } from './notebook-model.ts';
import { styledText } from './terminal-styles.ts';
import { withStylesOnly } from './terminal-text.ts';

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

/** The start of a text, with its tokens marked by `mark`. */
export const startOf = (text: string, mark: (shown: string) => Excerpt['styled'] = () => null): Excerpt => {
  const cut = text.slice(0, MAX_TEXT);
  const shown = cut.slice(0, endOfLines(cut));
  return { text: shown, styled: mark(shown), left: text.length - shown.length, isEnd: false };
};

/** The start of what a program printed, in its colours. */
export const startOfOutput = (text: string): Excerpt => {
  const { left, isEnd, text: shown } = startOf(withStylesOnly(text));
  return { ...styledText(shown), left, isEnd };
};

/** The end of what a program printed, in its colours. */
export const endOfOutput = (text: string): Excerpt => {
  const printed = withStylesOnly(text);
  const cut = printed.slice(-MAX_TEXT);
  const shown = cut.slice(startOfLines(cut));
  return { ...styledText(shown), left: printed.length - shown.length, isEnd: true };
};
