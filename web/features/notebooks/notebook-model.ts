/** What is shown of any notebook, whatever it was written with. Nothing here is markup. */
export type Output =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'image'; readonly address: string; readonly alt: string }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'omitted'; readonly what: string };

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are not shown. */
  readonly left: number;
}

export interface Cell {
  readonly kind: 'markdown' | 'code' | 'raw';
  readonly title: string | null;
  readonly source: string;
  /** The order in which it was executed; null where it was not. */
  readonly count: number | null;
  readonly outputs: readonly Output[];
}

export interface NotebookModel {
  readonly language: string;
  readonly cells: readonly Cell[];
}
