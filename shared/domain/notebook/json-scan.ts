/** How much a text that is to be parsed may have. */
interface ScanLimits {
  /** Levels. Jupyter's own reader, in Python, gives up at about 300; real notebooks stay below 30. */
  readonly depth: number;
  /** Lists, objects and fields together: parsed, each takes up to 200 bytes and 5 microseconds. */
  readonly parts: number;
  /** Values of lists and fields, by their commas: parsed, a number takes 16 bytes. */
  readonly values: number;
  /** NaN and the like. */
  readonly replaced: number;
}

const LIMITS: ScanLimits = { depth: 100, parts: 250_000, values: 4_000_000, replaced: 10_000 };

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const OPENING = new Set([code('['), code('{')]);
const CLOSING = new Set([code(']'), code('}')]);
const COLON = code(':');
const COMMA = code(',');

/** The place after the string that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
};

/** Numbers that Python writes into JSON and that JSON does not have. */
const NO_JSON_NUMBER = /-?(?:NaN|Infinity)/y;

export interface JsonScan {
  /** Why the text must not be parsed; null where it may. */
  readonly problem: 'tooDeep' | 'tooMuch' | null;
  /** The text with null in the place of each NaN and Infinity. */
  readonly text: string;
  /** Which of them there were. */
  readonly replaced: readonly string[];
}

/** Looks over a text before JSON.parse, in one pass and constant memory: 20 MB of `[` would take a gigabyte to parse. */
export const scanJson = (text: string, limits: Partial<ScanLimits> = {}): JsonScan => {
  const most = { ...LIMITS, ...limits };
  const kept: string[] = [];
  const replaced = new Set<string>();
  let [depth, parts, values, keptUntil, at] = [0, 0, 0, 0, 0];
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (OPENING.has(character)) {
      depth += 1;
      parts += 1;
      if (depth > most.depth) return { problem: 'tooDeep', text, replaced: [] };
    } else if (CLOSING.has(character)) depth -= 1;
    else if (character === COLON) parts += 1;
    else if (character === COMMA) values += 1;
    if (parts > most.parts || values > most.values || kept.length > 2 * most.replaced)
      return { problem: 'tooMuch', text, replaced: [] };
    NO_JSON_NUMBER.lastIndex = at;
    const [found] = character === 78 || character === 73 || character === 45 ? (NO_JSON_NUMBER.exec(text) ?? []) : [];
    if (found === undefined) at += 1;
    else {
      kept.push(text.slice(keptUntil, at), 'null');
      replaced.add(found);
      at += found.length;
      keptUntil = at;
    }
  }
  kept.push(text.slice(keptUntil));
  return { problem: null, text: kept.join(''), replaced: [...replaced] };
};
