import { InvalidInput } from '../../shared/domain/errors.ts';

/** The attributes that name a position in the order of a table or an index. */
export type Position = Readonly<Record<string, string>>;

export const badCursor = (): InvalidInput =>
  InvalidInput.field('cursor', 'This cursor is of no use here. Begin without one, or take it from the page before.');

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '';

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    throw badCursor();
  }
};

/** @param names of the attributes of a position, in a fixed order */
export const encodeCursor = (names: readonly string[], item: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(names.map((name) => item[name]))).toString('base64url');

/**
 * Reads back what `encodeCursor` wrote. The answer is made of the given names alone, whatever the cursor says.
 * @throws InvalidInput (field `cursor`)
 */
export const decodeCursor = (names: readonly string[], cursor: string): Position => {
  const values = parsed(cursor);
  if (!Array.isArray(values) || values.length !== names.length || !values.every(isKey)) throw badCursor();
  return Object.fromEntries(names.map((name, position) => [name, values[position] as string]));
};
