/** Notebooks that ask a page for more than it can do. They are made here: as files they would be some 50 MB. */

interface Output {
  readonly output_type: string;
  readonly [field: string]: unknown;
}

const notebook = (cells: readonly object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

const markdown = (source: string): object => ({ cell_type: 'markdown', metadata: {}, source });

const code = (outputs: readonly Output[], source = ''): object => ({
  cell_type: 'code',
  metadata: {},
  execution_count: null,
  source,
  outputs,
});

const shown = (type: string, data: unknown): Output => ({
  output_type: 'display_data',
  metadata: {},
  data: { [type]: data },
});

/** A PNG of that many pixels; its content is never reached. */
export const png = (width: number, height: number): string => {
  const header = Buffer.alloc(33);
  header.write('\u0089PNG\r\n\u001a\n', 'latin1');
  header.writeUInt32BE(13, 8);
  header.write('IHDR', 12, 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header.toString('base64');
};

/** Ten references to ten references, ten times: 10,000,000,000 circles. */
export const svgBomb = (): string => {
  const level = (at: number): string => `<g id="l${at}">${`<use href="#l${at - 1}"/>`.repeat(10)}</g>`;
  const levels = Array.from({ length: 10 }, (_, at) => level(at + 1)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg"><defs><circle id="l0" r="1"/>${levels}</defs><use href="#l10"/></svg>`;
};

const MARKDOWN = [
  Array.from({ length: 5000 }, (_, at) => `[^${at}]: a note\n`).join('\n'),
  `${'|a'.repeat(2000)}|\n${'|-'.repeat(2000)}|\n${'|\n'.repeat(5000)}`,
  '['.repeat(50_000),
  '>'.repeat(50_000),
  '*a **b '.repeat(10_000),
  `$$${'\\frac{1}{'.repeat(5000)}$$`,
  '$\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\a$',
  '$x$ '.repeat(20_000),
  'x'.repeat(3_000_000),
];

const HTML = [
  '<a '.repeat(300_000),
  '<style '.repeat(100_000),
  '<b>'.repeat(300_000),
  `<table>${'<table><tr><td>'.repeat(50_000)}`,
  `<table>${`<tr>${'<td>1</td>'.repeat(5)}</tr>`.repeat(30_000)}</table>`,
  `<table><tr>${'<td>1</td>'.repeat(100_000)}</tr></table>`,
  `<table><tr><td>${'x'.repeat(1_000_000)}</td></tr></table>`,
];

export const hostileNotebooks: Readonly<Record<string, () => string>> = {
  'whose Markdown and formulas are made to take long': () => notebook(MARKDOWN.map(markdown)),
  'of 200,000 outputs': () =>
    notebook([
      code(
        Array.from({ length: 200_000 }, (_, at) => ({
          output_type: 'stream',
          name: at % 2 === 0 ? 'stdout' : 'stderr',
          text: 'x',
        })),
      ),
    ]),
  'of 500,000 cells': () => `{"nbformat":4,"cells":[${'{"cell_type":"code","source":"1"},'.repeat(499_999)}{}]}`,
  'whose HTML is made to take long': () => notebook(HTML.map((html) => code([shown('text/html', html)]))),
  'of lines and images without end': () =>
    notebook([
      code([{ output_type: 'stream', name: 'stdout', text: 'x'.repeat(2_000_000) }], 'y'.repeat(1_000_000)),
      code([{ output_type: 'stream', name: 'stdout', text: '\n'.repeat(1_000_000) }]),
      code([{ output_type: 'stream', name: 'stdout', text: `${'10%\r'.repeat(500_000)}done` }]),
      code([{ output_type: 'error', ename: 'E', evalue: 'v', traceback: ['z'.repeat(1_000_000), 'the end'] }]),
      code([shown('image/png', 'A'.repeat(7_000_000))]),
      code([shown('image/png', png(60_000, 60_000))]),
      code([shown('image/svg+xml', svgBomb())]),
      code(
        Array.from({ length: 300 }, () => shown('text/html', `<table>${'<tr><td>1</td></tr>'.repeat(200)}</table>`)),
      ),
    ]),
};

/** Lists in one another, deeper than any parser should follow. */
export const nestedNotebook = (): string =>
  `{"nbformat":4,"cells":[{"cell_type":"raw","source":"","metadata":${'['.repeat(2000)}${']'.repeat(2000)}}]}`;
