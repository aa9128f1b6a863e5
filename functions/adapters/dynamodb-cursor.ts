import { InvalidInput } from '../../shared/domain/errors.ts';

/** The key attributes of a position in a table or an index. */
export type Position = Readonly<Record<string, string>>;

export const badCursor = (): InvalidInput =>
  InvalidInput.field('cursor', 'Invalid cursor. Omit it to start from the first page.');

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((part: unknown) => typeof part === 'string' && part !== '');

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    throw badCursor();
  }
};

/** @param names of the attributes of a position */
export const encodeCursor = (names: readonly string[], item: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(Object.fromEntries(names.map((name) => [name, item[name]])))).toString('base64url');

/**
 * The inverse of `encodeCursor`, for the same names.
 * @throws InvalidInput (field `cursor`)
 */
export const decodeCursor = (names: readonly string[], cursor: string): Position => {
  const position = parsed(cursor);
  if (!isPosition(position) || Object.keys(position).length !== names.length) throw badCursor();
  if (!names.every((name) => Object.hasOwn(position, name))) throw badCursor();
  return position;
};
