export interface LimitRow {
  readonly name: string;
  /** As typed; empty: none. */
  readonly limit: string;
}

export const rowsOf = (limits: Readonly<Record<string, number | null>>): LimitRow[] =>
  Object.entries(limits).map(([name, limit]) => ({ name, limit: limit === null ? '' : String(limit) }));

/** As typed, for the schema to judge; null where empty. */
export const limitOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export const limitsOf = (rows: readonly LimitRow[]): Record<string, number | null> =>
  Object.fromEntries(
    rows.filter(({ name }) => name.trim() !== '').map(({ name, limit }) => [name.trim(), limitOf(limit)]),
  );
