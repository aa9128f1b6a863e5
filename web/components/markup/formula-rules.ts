import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Maximum characters and lines of a formula. */
const MAX_CHARACTERS = 10_000;
const MAX_LINES = 200;

interface Opening {
  readonly opening: string;
  readonly closing: string;
  readonly isBlock: boolean;
  /** Whether the delimiters are part of the formula. */
  readonly isKept?: boolean;
}

/** Jupyter's delimiters. A backslash before a bracket is doubled, since Markdown removes one. */
const DELIMITERS: readonly Opening[] = [
  { opening: '$$', closing: '$$', isBlock: true },
  { opening: '$', closing: '$', isBlock: false },
  { opening: '\\\\[', closing: '\\\\]', isBlock: true },
  { opening: '\\\\(', closing: '\\\\)', isBlock: false },
];

const ENVIRONMENT = /\\begin\{([a-z]{1,20}\*?)\}/iy;

const openingAt = (text: string, at: number): Opening | null => {
  const found = DELIMITERS.find(({ opening }) => text.startsWith(opening, at));
  if (found !== undefined) return found;
  ENVIRONMENT.lastIndex = at;
  const [opening, name] = ENVIRONMENT.exec(text) ?? [];
  if (opening === undefined || name === undefined) return null;
  return { opening, closing: `\\end{${name}}`, isBlock: true, isKept: true };
};

const formulaIn = (text: string, from: number, to: number, { opening, closing, isKept }: Opening): string =>
  isKept === true ? text.slice(from - opening.length, to + closing.length) : text.slice(from, to);

/** A single dollar delimits a formula only without a space inside it and a digit after it: "$5 and $6" is money. */
const isDollarEnd = (text: string, from: number, to: number): boolean =>
  to > from && /\S/.test(text[from] ?? '') && /\S/.test(text[to - 1] ?? '') && !/\d/.test(text[to + 1] ?? '');

const endOf = (text: string, from: number, { opening, closing }: Opening): number => {
  const within = text.slice(from, from + MAX_CHARACTERS);
  for (let at = within.indexOf(closing); at !== -1; at = within.indexOf(closing, at + 1)) {
    const isEscaped = closing.startsWith('$') && within[at - 1] === '\\';
    if (!isEscaped && (opening !== '$' || isDollarEnd(text, from, from + at))) return from + at;
  }
  return -1;
};

const inlineFormula = (state: StateInline, isSilent: boolean): boolean => {
  const delimiters = openingAt(state.src, state.pos);
  if (delimiters === null) return false;
  const from = state.pos + delimiters.opening.length;
  const to = endOf(state.src, from, delimiters);
  if (to === -1) return false;
  if (!isSilent) {
    const token = state.push(delimiters.isBlock ? 'formula_block' : 'formula_inline', 'math', 0);
    token.content = formulaIn(state.src, from, to, delimiters);
  }
  state.pos = to + delimiters.closing.length;
  return true;
};

const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** A formula on its own lines, which Markdown would otherwise read as lists, headings and tables. */
const blockFormula = (state: StateBlock, startLine: number, endLine: number, isSilent: boolean): boolean => {
  const first = lineOf(state, startLine);
  const delimiters = openingAt(first, 0);
  if (delimiters === null || !delimiters.isBlock || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  let text = '';
  for (let line = startLine; line < Math.min(endLine, startLine + MAX_LINES); line += 1) {
    const from = line === startLine ? delimiters.opening.length : text.length;
    text += lineOf(state, line);
    const to = text.indexOf(delimiters.closing, from);
    if (to !== -1) {
      if (text.slice(to + delimiters.closing.length).trim() !== '') return false;
      if (isSilent) return true;
      const token = state.push('formula_block', 'math', 0);
      token.content = formulaIn(text, delimiters.opening.length, to, delimiters);
      token.map = [startLine, line + 1];
      state.line = line + 1;
      return true;
    }
    text += '\n';
  }
  return false;
};

/** Takes formulas out of the text before Markdown's escapes and lists take them apart. */
export const withFormulas = (markdown: MarkdownIt): MarkdownIt => {
  markdown.inline.ruler.before('escape', 'formula', inlineFormula);
  markdown.block.ruler.before('fence', 'formula', blockFormula, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  return markdown;
};
