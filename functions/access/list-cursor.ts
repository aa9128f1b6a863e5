import { InvalidInput } from '../../shared/domain/errors.ts';
import type { ListPosition } from '../../shared/domain/page.ts';
import type { SortedPosition } from '../../shared/domain/search.ts';

const badCursor = (): InvalidInput =>
  InvalidInput.field('cursor', 'Invalid cursor. Omit it to start from the first page.');

const encode = (pair: readonly unknown[]): string => Buffer.from(JSON.stringify(pair)).toString('base64url');

const decode = (cursor: string): readonly [unknown, unknown] => {
  let pair: unknown;
  try {
    pair = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  if (!Array.isArray(pair)) throw badCursor();
  const [first, id] = pair as readonly unknown[];
  return [first, id];
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Far below the 1,024 bytes of a sort key of DynamoDB. */
const MAX_ID = 200;

const isId = (id: unknown): id is string => typeof id === 'string' && id !== '' && id.length <= MAX_ID;

export const encodePosition = ({ createdAt, id }: ListPosition): string => encode([createdAt, id]);

/** @throws InvalidInput (field `cursor`) */
export const decodePosition = (cursor: string): ListPosition => {
  const [createdAt, id] = decode(cursor);
  if (typeof createdAt !== 'string' || !INSTANT.test(createdAt) || !isId(id)) throw badCursor();
  return { createdAt, id };
};

export const encodeSorted = ({ value, id }: SortedPosition): string => encode([value, id]);

/** @throws InvalidInput (field `cursor`) */
export const decodeSorted = (cursor: string): SortedPosition => {
  const [value, id] = decode(cursor);
  if ((value !== null && typeof value !== 'string' && typeof value !== 'number') || !isId(id)) throw badCursor();
  return { value, id };
};
