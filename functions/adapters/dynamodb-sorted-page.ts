import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { badCursor, decodeCursor, encodeCursor } from './dynamodb-cursor.ts';

interface SortedList<Item> {
  /** Names the list, so that another list's cursor is refused. */
  readonly list: string;
  readonly sortKeyOf: (item: Item) => string;
}

const POSITION = ['list', 'sortKey'] as const;

/**
 * One page, the greatest sort key first, of items that were read whole because they are few.
 * @throws InvalidInput (field `cursor`)
 */
export const sortedPage = <Item>(
  items: readonly Item[],
  { list, sortKeyOf }: SortedList<Item>,
  { limit, cursor }: PageRequest,
): Page<Item> => {
  const position = cursor === undefined ? null : decodeCursor(POSITION, cursor);
  if (position !== null && position['list'] !== list) throw badCursor();
  const before = position?.['sortKey'];
  const rest = items
    .map((item) => ({ item, sortKey: sortKeyOf(item) }))
    .filter(({ sortKey }) => before === undefined || sortKey < before)
    .toSorted((a, b) => (a.sortKey < b.sortKey ? 1 : -1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rest.length > limit && last !== undefined;
  return {
    items: page.map(({ item }) => item),
    cursor: hasMore ? encodeCursor(POSITION, { list, sortKey: last.sortKey }) : null,
  };
};
