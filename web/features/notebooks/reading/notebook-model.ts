import type { Markup } from '../../../components/markup/markup.ts';

/** A part of a text, and how many characters of it are not shown. */
export interface Excerpt {
  readonly text: string;
  readonly left: number;
  /** The same with its tokens or colours marked; null where it has none. */
  readonly styled: readonly Markup[] | null;
  /** Whether it is the end that is shown, as the error stands at the end of a traceback. */
  readonly isEnd: boolean;
}

/** What is shown of any notebook, whatever it was written with. HTML is only for a sandboxed frame (ADR 0048). */
export type Output =
  | { readonly kind: 'text'; readonly label: 'Output' | 'Standard error' | 'HTML as text'; readonly excerpt: Excerpt }
  | { readonly kind: 'error'; readonly excerpt: Excerpt }
  | { readonly kind: 'image'; readonly address: string; readonly alt: string }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'html'; readonly html: string; readonly hasScript: boolean }
  /** A Plotly figure, as JSON. */
  | { readonly kind: 'figure'; readonly figure: string }
  | { readonly kind: 'markup'; readonly markup: readonly Markup[] }
  | { readonly kind: 'omitted'; readonly what: string };

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are not shown. */
  readonly rowsLeft: number;
  /** Columns that are not shown. */
  readonly columnsLeft: number;
}

/** What a cell consists of: a text, or its source as it was written. */
type CellBody =
  | { readonly kind: 'markdown'; readonly markup: readonly Markup[] }
  | { readonly kind: 'code' | 'raw'; readonly source: Excerpt };

export type Cell = CellBody & {
  readonly title: string | null;
  /** Its place among the code cells of the notebook as uploaded; null where it has none. */
  readonly number: number | null;
  readonly outputs: readonly Output[];
  /** Outputs that are not shown. */
  readonly outputsLeft: number;
};

/** A notebook whose cells are read one by one, as they are asked for. */
export interface NotebookModel {
  /** Cells as they are in the file. */
  readonly cells: readonly unknown[];
  /** Called once for each, in order; null for what is not shown. */
  readonly cellOf: (cell: unknown) => Cell | null;
}

/** Whether a notebook is as its author uploaded it, or as a run left it. */
export type NotebookStage = 'uploaded' | 'executed';
