import { describe, expect, it, vi } from 'vitest';

import { searchedPage } from '../../../functions/access/searched-list.ts';
import type { PageRequest } from '../../../shared/domain/page.ts';
import type { Searchable } from '../../../shared/domain/search.ts';
import { paged } from '../../fakes/paged.ts';

interface Thing {
  readonly id: string;
  readonly size: number;
}

const HOW: Searchable<Thing, 'size'> = {
  idOf: ({ id }) => id,
  textsOf: ({ id }) => [id],
  fields: { size: ({ size }) => size },
  byDefault: '-size',
};

/** The list itself: the largest first. */
const things = (count: number): Thing[] =>
  Array.from({ length: count }, (_, at) => ({ id: `t${at}`, size: count - at }));

const begin = (count: number) => {
  const read = vi.fn(async (page: PageRequest) => paged('things', things(count), page));
  return {
    read,
    page: (request: Parameters<typeof searchedPage<Thing, Thing, 'size'>>[1]) => searchedPage(read, request, HOW),
  };
};

const ids = ({ items }: { items: readonly Thing[] }): string[] => items.map(({ id }) => id);

describe('a list that may be searched', () => {
  it('reads one page where it is not, and knows the total where that is the whole list', async () => {
    const { read, page } = begin(3);
    expect(await page({ limit: 3 })).toMatchObject({ cursor: null, total: 3 });
    const first = await page({ limit: 2 });
    expect(first).not.toHaveProperty('total');
    const second = await page({ limit: 2, cursor: first.cursor ?? '' });
    expect(ids(second)).toEqual(['t2']);
    expect(second).not.toHaveProperty('total');
    expect(read).toHaveBeenCalledTimes(3);
    expect(await page({ limit: 2, query: '  ' })).toEqual(first);
  });

  it('is searched and sorted as a whole, page by page', async () => {
    const { page } = begin(250);
    const first = await page({ limit: 2, query: 't24', sort: 'size' });
    expect(ids(first)).toEqual(['t249', 't248']);
    expect(first.total).toBe(11);
    const second = await page({ limit: 100, query: 't24', sort: 'size', cursor: first.cursor ?? '' });
    expect(ids(second)).toHaveLength(9);
    expect(second).toMatchObject({ cursor: null, total: 11 });
  });

  it('keeps its own order where it is only searched', async () => {
    const { page } = begin(20);
    expect(ids(await page({ limit: 9, query: '1' }))).toEqual([
      't1',
      't10',
      't11',
      't12',
      't13',
      't14',
      't15',
      't16',
      't17',
    ]);
  });

  it('is searched among its first ten thousand items, and then has no total', async () => {
    const found = await begin(10_500).page({ limit: 100, query: 't10499' });
    expect(found).toEqual({ items: [], cursor: null });
    expect(await begin(10_000).page({ limit: 1, sort: 'size' })).toMatchObject({
      items: [{ id: 't9999' }],
      total: 10_000,
    });
  });

  it('is narrowed to what is wanted, and counted so', async () => {
    const { read } = begin(250);
    const wanted = ({ size }: Thing): boolean => size <= 3;
    const page = await searchedPage(read, { limit: 2 }, HOW, { wanted });
    expect(ids(page)).toEqual(['t247', 't248']);
    expect(page.total).toBe(3);
  });

  it.each(['x', Buffer.from('[{},"t"]').toString('base64url'), Buffer.from('[1]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      await expect(begin(3).page({ limit: 2, sort: 'size', cursor })).rejects.toMatchObject({
        errors: [{ field: 'cursor' }],
      });
    },
  );
});
