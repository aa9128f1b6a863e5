/* oxlint-disable no-control-regex -- control characters are what is looked for */

/**
 * Everything that begins with an escape character (ECMA-48): strings for the terminal (OSC with hyperlinks and titles, DCS,
 * SOS, PM, APC) up to their terminator, CSI sequences (colours, cursor), designations of character sets, and the rest.
 * A string without a terminator ends with its line: the text behind it must not be lost.
 */
const ESCAPES = new RegExp(
  [
    '(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?',
    '\\u001b[ -/]*[0-~]?',
  ].join('|'),
  'g',
);

/** Control characters that print nothing, but for tab, line feed, carriage return and backspace. */
const CONTROLS = /[\u0000-\u0007\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** Selects colours and weights (SGR): `ESC [ 1 ; 31 m`. */
const STYLE = /^\u001b\[[\d;]*m$/;
const STYLES = /\u001b\[[\d;]*m/g;

/** Characters of styles in a row: more of them say nothing more. */
const MAX_STYLE = 50;

const RESET = '\u001b[0m';

/** A line's characters and styles, as a terminal reads them. */
const UNITS = /\u001b\[[\d;]*m|[^]/g;

/** What a line looks like after its carriage returns and backspaces, each of which only moves the cursor. */
const overwritten = (line: string): string => {
  if (!/[\r\b]/.test(line)) return line;
  const shown: { readonly character: string; readonly style: string }[] = [];
  let cursor = 0;
  let style = '';
  for (const [unit] of line.matchAll(UNITS)) {
    if (unit === '\r') cursor = 0;
    else if (unit === '\b') cursor = Math.max(0, cursor - 1);
    else if (unit.length > 1) style = /\[0?m$/.test(unit) ? '' : (style + unit).slice(-MAX_STYLE);
    else {
      shown[cursor] = { character: unit, style };
      cursor += 1;
    }
  }
  let last = '';
  const drawn = shown.map(({ character, style: own }) => {
    const change = own === last ? '' : RESET + own;
    last = own;
    return change + character;
  });
  return drawn.join('') + (last === style ? '' : RESET + style);
};

/** Text as a terminal would leave it, with nothing but its colours and weights as escapes: of a progress bar its last state. */
export const withStylesOnly = (text: string): string =>
  text
    .replaceAll(ESCAPES, (escape) => (STYLE.test(escape) ? escape : ''))
    .replaceAll(CONTROLS, '')
    .split('\n')
    .map(overwritten)
    .join('\n');

/** The same without colours. */
export const withoutEscapes = (text: string): string => withStylesOnly(text).replaceAll(STYLES, '');
