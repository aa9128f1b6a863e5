/**
 * A number in the digits in which it was written: JSON.stringify writes them again. For numbers that JavaScript would change:
 * 9223372036854775807, 1.0, 1e400. The language calls it raw JSON (ECMAScript 2026, "JSON.parse source text access").
 */
export interface ExactNumber {
  readonly rawJSON: string;
}

interface SourceTextAccess {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON?(text: string): ExactNumber;
  isRawJSON?(value: unknown): boolean;
}

// TypeScript's libraries lack these yet.
const json = JSON as unknown as SourceTextAccess;

export const isExactNumber = (value: unknown): value is ExactNumber => json.isRawJSON?.(value) ?? false;

/** The number that a JSON literal stands for: a plain one where JavaScript writes it in the same digits. */
export const numberFrom = (literal: string): number | ExactNumber => {
  const value = Number(literal);
  // Browsers before 2025 lack rawJSON.
  return String(value) === literal || json.rawJSON === undefined ? value : json.rawJSON(literal);
};

/**
 * Reads JSON and keeps the digits of each number.
 * @throws SyntaxError
 */
export const parseExactJson = (text: string): unknown =>
  json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined ? numberFrom(context.source) : value,
  );
