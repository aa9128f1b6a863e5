import type { Page, PageRequest, WholeList } from '../../shared/domain/page.ts';
import { matching, sortedPart, type Searchable, type Sort } from '../../shared/domain/search.ts';
import type { KeptList } from './kept-list.ts';
import { decodeSorted, encodeSorted } from './list-cursor.ts';

/** Of a list that is searched or sorted, this many of the newest items are read. */
const MOST_SEARCHED = 10_000;

/** Items of one read: about what DynamoDB answers at once. */
const READ = 500;

/** Of the newest items, as many are read again where a kept list is searched. */
const NEWEST = 100;

type Read<Item> = (page: PageRequest) => Promise<Page<Item>>;

interface SearchRequest<Field extends string> extends PageRequest {
  readonly query?: string | undefined;
  readonly sort?: Sort<Field> | undefined;
}

interface SearchedPage<Item> extends Page<Item> {
  /** Of all pages; left out where not everything was read. */
  readonly total?: number;
}

interface Choice<Item, Searched> {
  /** Narrows the list further than its reads do. */
  readonly wanted?: (item: Searched) => boolean;
  /** For a list that is long enough to be kept between requests. */
  readonly kept?: Kept<Item, Searched>;
}

interface Kept<Item, Searched> extends KeptList<Item, Searched> {
  readonly read: Read<Searched>;
}

const collect = async <Item>(read: Read<Item>): Promise<WholeList<Item>> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: READ, cursor });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && items.length < MOST_SEARCHED);
  return { items, isWhole: cursor === undefined };
};

/** A kept list with what was added meanwhile. */
const collectKept = async <Item, Searched>(kept: Kept<Item, Searched>, idOf: (item: Searched) => string) => {
  const list = await kept.whole(() => collect(kept.read));
  if (!list.isKept) return list;
  const { items: newest } = await kept.read({ limit: NEWEST });
  const ids = new Set(newest.map(idOf));
  return { ...list, items: [...newest, ...list.items.filter((item) => !ids.has(idOf(item)))] };
};

/**
 * A page of a list, which only the reads of the list decide unless it is searched, sorted or narrowed: then its items are
 * read, filtered and sorted here. Of a kept list, what is on the page is read again, so that it shows what is now.
 * @throws InvalidInput (field `cursor`), and errors of the reads
 */
export const searchedPage = async <Item extends Searched, Searched, Field extends string>(
  read: Read<Item>,
  { query = '', sort, limit, cursor }: SearchRequest<Field>,
  how: Searchable<Searched, Field>,
  { wanted, kept }: Choice<Item, Searched> = {},
): Promise<SearchedPage<Item>> => {
  if (query.trim() === '' && sort === undefined && wanted === undefined) {
    const page = await read({ limit, cursor });
    return cursor === undefined && page.cursor === null ? { ...page, total: page.items.length } : page;
  }
  const after = cursor === undefined ? null : decodeSorted(cursor);
  const partOf = <Listed extends Searched>({ items, isWhole }: WholeList<Listed>) => {
    const found = matching(wanted === undefined ? items : items.filter(wanted), query, how);
    const { items: part, next } = sortedPart(found, sort ?? how.byDefault, how, { after, limit });
    return { part, cursor: next === null ? null : encodeSorted(next), ...(isWhole && { total: found.length }) };
  };
  if (kept === undefined) {
    const { part: items, ...page } = partOf(await collect(read));
    return { items, ...page };
  }
  const { part, ...page } = partOf(await collectKept(kept, how.idOf));
  const items = await Promise.all(part.map(kept.again));
  return { items: items.filter((item) => item !== null), ...page };
};
