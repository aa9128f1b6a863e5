/** The first rows of a table file, as text. */
export interface FileTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** All rows of the file; null where nobody has counted them. */
  readonly rowCount: number | null;
}

export interface TableRequest {
  readonly file: Blob;
  readonly kind: 'csv' | 'parquet';
}

export type TableAnswer = FileTable | { readonly refusal: string };

/** Rows and columns that are shown, and characters of a cell. */
export const SHOWN_ROWS = 100;
export const SHOWN_COLUMNS = 100;
const SHOWN_TEXT = 500;

export const cellText = (text: string): string => (text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)} …` : text);
