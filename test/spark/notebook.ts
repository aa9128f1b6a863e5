/** A Python notebook with these code cells, as Jupyter saves it. */
export const notebookOf = (...sources: readonly string[]): string =>
  JSON.stringify({
    cells: sources.map((source, index) => ({
      cell_type: 'code',
      id: `cell-${index + 1}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
}

export interface ExecutedCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
  readonly metadata: { readonly tags?: readonly string[] };
}

export const cellsOf = (notebook: string): readonly ExecutedCell[] =>
  (JSON.parse(notebook) as { cells: readonly ExecutedCell[] }).cells;

const joined = (text: string | readonly string[] | undefined): string =>
  typeof text === 'string' ? text : (text ?? []).join('');

/** What a cell printed. */
export const printed = (cell: ExecutedCell | undefined): string =>
  (cell?.outputs ?? []).map((output) => joined(output.text)).join('');

/** The cell whose source holds a text. */
export const cellWith = (notebook: string, text: string): ExecutedCell | undefined =>
  cellsOf(notebook).find((cell) => joined(cell.source).includes(text));
