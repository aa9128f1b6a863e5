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
const CONTROLS = /[\u0000-\u0007\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** What a line looks like after its carriage returns and backspaces, each of which only moves the cursor. */
const overwritten = (line: string): string => {
  if (!/[\r\b]/.test(line)) return line;
  const shown: string[] = [];
  let cursor = 0;
  for (const character of line) {
    if (character === '\r') cursor = 0;
    else if (character === '\b') cursor = Math.max(0, cursor - 1);
    else {
      shown[cursor] = character;
      cursor += 1;
    }
  }
  return shown.join('');
};

/** Text as a terminal would leave it, without colours: of a progress bar its last state. */
export const withoutEscapes = (text: string): string =>
  text.replaceAll(ESCAPES, '').replaceAll(CONTROLS, '').split('\n').map(overwritten).join('\n');
