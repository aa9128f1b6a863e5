import { numberFrom } from '../exact-json.ts';
import type { ParameterValue } from '../parameters.ts';

/** A value and the place after it. */
interface Read {
  readonly value: ParameterValue;
  readonly end: number;
}

const BLANK = /[ \t]+|\\\r?\n/y;
const BLANK_IN_BRACKETS = /\s+|#[^\n]*/y;
// Each part begins where the one before it must have ended, so that the time grows with the digits, not with their square.
const NUMBER = /[+-]?(?:0[xX]_?[\da-fA-F][\da-fA-F_]*|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)(?![\w.])/y;
/** Characters; a longer number is data. */
const MAX_NUMBER = 1000;
const WORD = /(?:True|False|None)\b/y;
const STRING = /([rR]?)("""|'''|"|')/y;
const WORDS: Readonly<Record<string, ParameterValue>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', b: '\b', f: '\f', '\n': '' };
/** Levels of lists and dictionaries. */
const MAX_DEPTH = 10;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** A loop, for a pattern that repeats a group overflows the stack at some ten million blanks. */
const skip = (pattern: RegExp, text: string, at: number): number => {
  let end = at;
  for (let found = matchAt(pattern, text, at); found !== null; found = matchAt(pattern, text, end))
    end += found[0].length;
  return end;
};

const unescaped = (text: string): string =>
  text.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(000[\da-fA-F]{5}|0010[\da-fA-F]{4})|([^]))/g,
    (whole, ...groups) => {
      const [x, u, long, other] = groups as (string | undefined)[];
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (other === undefined) return whole;
      return ESCAPES[other] ?? ('\\\'"'.includes(other) ? other : whole);
    },
  );

const readString = (text: string, at: number): (Read & { readonly value: string }) | null => {
  const opening = matchAt(STRING, text, at);
  const [whole = '', raw, quote = ''] = opening ?? [];
  if (opening === null) return null;
  const start = at + whole.length;
  let end = start;
  while (end < text.length && !text.startsWith(quote, end)) {
    if (quote.length === 1 && text[end] === '\n') return null;
    end += text[end] === '\\' ? 2 : 1;
  }
  if (end >= text.length) return null;
  const body = text.slice(start, end);
  return { value: raw === '' ? unescaped(body) : body, end: end + quote.length };
};

/** As JSON writes it: Python also takes `1_000`, `.5`, `1.` and `0xff`. */
const jsonNumber = (literal: string): string => {
  const plain = literal.replaceAll('_', '').replace(/^\+/, '');
  if (/^-?0[xX]/.test(plain)) return plain.startsWith('-') ? `-${BigInt(plain.slice(1))}` : String(BigInt(plain));
  return plain
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '.0')
    .replace(/^(-?)0+(?=\d)/, '$1');
};

const readList = (text: string, at: number, depth: number): Read | null => {
  const closing = text[at] === '[' ? ']' : ')';
  const values: ParameterValue[] = [];
  let next = skip(BLANK_IN_BRACKETS, text, at + 1);
  while (text[next] !== closing) {
    const read = readValue(text, next, depth + 1);
    if (read === null) return null;
    values.push(read.value);
    next = skip(BLANK_IN_BRACKETS, text, read.end);
    if (text[next] === ',') next = skip(BLANK_IN_BRACKETS, text, next + 1);
    // Without its comma `(1)` is a number in brackets.
    else if (text[next] !== closing || (closing === ')' && values.length === 1)) return null;
  }
  return { value: values, end: next + 1 };
};

const readDictionary = (text: string, at: number, depth: number): Read | null => {
  const entries: [string, ParameterValue][] = [];
  let next = skip(BLANK_IN_BRACKETS, text, at + 1);
  while (text[next] !== '}') {
    const name = readString(text, next);
    const colon = name === null ? -1 : skip(BLANK_IN_BRACKETS, text, name.end);
    if (name === null || text[colon] !== ':') return null;
    const read = readValue(text, skip(BLANK_IN_BRACKETS, text, colon + 1), depth + 1);
    if (read === null) return null;
    entries.push([name.value, read.value]);
    next = skip(BLANK_IN_BRACKETS, text, read.end);
    if (text[next] === ',') next = skip(BLANK_IN_BRACKETS, text, next + 1);
    else if (text[next] !== '}') return null;
  }
  return { value: Object.fromEntries(entries), end: next + 1 };
};

const readValue = (text: string, at: number, depth: number): Read | null => {
  if (depth > MAX_DEPTH) return null;
  if (text[at] === '[' || text[at] === '(') return readList(text, at, depth);
  if (text[at] === '{') return readDictionary(text, at, depth);
  const word = matchAt(WORD, text, at)?.[0];
  if (word !== undefined) return { value: WORDS[word] ?? null, end: at + word.length };
  const number = matchAt(NUMBER, text, at)?.[0];
  if (number !== undefined)
    return number.length > MAX_NUMBER ? null : { value: numberFrom(jsonNumber(number)), end: at + number.length };
  return readString(text, at);
};

/**
 * Reads the Python literal that an assignment ends with.
 * @param at the place after the `=`
 * @returns null for what is computed, and for what JSON has no value for (sets, bytes)
 */
export const pythonLiteral = (text: string, at: number): Read | null => {
  const read = readValue(text, skip(BLANK, text, at), 0);
  if (read === null) return null;
  const end = skip(BLANK, text, read.end);
  return end >= text.length || /[\r\n#;]/.test(text[end] ?? '') ? { ...read, end } : null;
};
