// CSI sequences (colours, cursor) and single-character escapes, as IPython and Spark write them to a terminal.
// oxlint-disable-next-line no-control-regex -- escape characters are what is looked for
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|[@-Z\\-_])/g;

/** Text as a terminal would leave it, without colours; a carriage return begins the line again, as progress bars do. */
export const withoutEscapes = (text: string): string =>
  text
    .replaceAll(ESCAPES, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1))
    .join('\n');
