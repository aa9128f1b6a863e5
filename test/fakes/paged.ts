import { InvalidInput } from '../../shared/domain/errors.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** A page of a sorted list, with a cursor that only the same list takes. */
export const paged = <Item>(list: string, items: readonly Item[], { limit, cursor }: PageRequest): Page<Item> => {
  const prefix = `${list}@`;
  const start = cursor === undefined ? 0 : cursor.startsWith(prefix) ? Number(cursor.slice(prefix.length)) : Number.NaN;
  if (!Number.isInteger(start)) throw InvalidInput.field('cursor', 'Invalid cursor.');
  const end = start + limit;
  return { items: items.slice(start, end), cursor: end < items.length ? `${prefix}${end}` : null };
};
