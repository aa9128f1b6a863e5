import { stringify } from 'csv-stringify/sync';

/**
 * A table as CSV (RFC 4180). A text that a spreadsheet would compute, because it begins with `=`, `+`, `-` or `@`, gets an
 * apostrophe before it (OWASP, "CSV Injection").
 */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    // Without the pattern, a line end of another kind than the record's own would end the row.
    { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
