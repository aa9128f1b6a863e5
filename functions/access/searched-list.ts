import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { matching, sortedPart, type Searchable, type Sort } from '../../shared/domain/search.ts';
import { decodeSorted, encodeSorted } from './list-cursor.ts';

/** Of a list that is searched or sorted, this many of the newest items are read. */
const MOST_SEARCHED = 1000;

/** Items of one read; what the API takes as `limit`. */
const READ = 100;

type Read<Item> = (page: PageRequest) => Promise<Page<Item>>;

interface SearchRequest<Field extends string> extends PageRequest {
  readonly query?: string | undefined;
  readonly sort?: Sort<Field> | undefined;
}

interface SearchedPage<Item> extends Page<Item> {
  /** Of all pages; left out where not everything was read. */
  readonly total?: number;
}

const collect = async <Item>(read: Read<Item>): Promise<{ items: readonly Item[]; isWhole: boolean }> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: READ, cursor });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && items.length < MOST_SEARCHED);
  return { items, isWhole: cursor === undefined };
};

/**
 * A page of a list, which only the reads of the list decide unless a query or a sort is given: then the newest items are
 * read, filtered and sorted here. People's own lists are kept short by quotas; of longer ones the newest are searched.
 * @throws InvalidInput (field `cursor`), and errors of the reads
 */
export const searchedPage = async <Item, Field extends string>(
  read: Read<Item>,
  { query = '', sort, limit, cursor }: SearchRequest<Field>,
  how: Searchable<Item, Field>,
): Promise<SearchedPage<Item>> => {
  if (query.trim() === '' && sort === undefined) {
    const page = await read({ limit, cursor });
    return cursor === undefined && page.cursor === null ? { ...page, total: page.items.length } : page;
  }
  const after = cursor === undefined ? null : decodeSorted(cursor);
  const { items, isWhole } = await collect(read);
  const found = matching(items, query, how);
  const { items: part, next } = sortedPart(found, sort ?? how.byDefault, how, { after, limit });
  return {
    items: part,
    cursor: next === null ? null : encodeSorted(next),
    ...(isWhole && { total: found.length }),
  };
};
