import { describe, expect, it, vi } from 'vitest';

import { keptLists } from '../../../functions/access/kept-list.ts';
import { searchedPage } from '../../../functions/access/searched-list.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import type { PageRequest } from '../../../shared/domain/page.ts';
import type { Searchable } from '../../../shared/domain/search.ts';
import { at } from '../../fakes/cluster.ts';
import { paged } from '../../fakes/paged.ts';
import { testClock } from '../../fakes/test-clock.ts';

interface Thing {
  readonly id: string;
  readonly createdAt: number;
  readonly state: string;
}

const HOW: Searchable<Thing, 'createdAt'> = {
  idOf: ({ id }) => id,
  textsOf: ({ id }) => [id],
  fields: { createdAt: ({ createdAt }) => createdAt },
  byDefault: '-createdAt',
};

/** A list, newest first, that changes between requests. */
const begin = (count: number) => {
  const clock = testClock(at('06:40:00'));
  const stored = new Map<string, Thing>();
  const put = (number: number, state = 'new'): void =>
    void stored.set(`t${number}`, { id: `t${number}`, createdAt: number, state });
  for (let number = 0; number < count; number += 1) put(number);
  const read = vi.fn(async (page: PageRequest) =>
    paged(
      'things',
      [...stored.values()].toSorted((a, b) => b.createdAt - a.createdAt),
      page,
    ),
  );
  const lists = keptLists<Thing, Thing>(clock, async ({ id }) => stored.get(id) ?? null);
  const found = async (query: string, name = 'everybody') =>
    (await searchedPage(read, { limit: 100, query }, HOW, { kept: { ...lists(name), read } })).items.map(
      ({ id, state }) => `${id} ${state}`,
    );
  return { clock, stored, put, read, found };
};

describe('a long list that is searched', () => {
  it('is read once for all letters typed within a minute', async () => {
    const { clock, read, found } = begin(1200);
    expect(await found('t119')).toHaveLength(11);
    const reads = read.mock.calls.length;
    expect(await found('t1199')).toEqual(['t1199 new']);
    expect(await found('t0')).toEqual(['t0 new']);
    // The newest part alone, each time.
    expect(read).toHaveBeenCalledTimes(reads + 2);
    clock.set(at('06:41:00'));
    await found('t0');
    expect(read).toHaveBeenCalledTimes(2 * reads + 2);
  });

  it('shows what is now: what was added, changed or removed since', async () => {
    const { stored, put, found } = begin(1200);
    expect(await found('t11')).toHaveLength(100);
    put(12_000);
    put(77, 'changed');
    stored.delete('t88');
    expect(await found('t12000')).toEqual(['t12000 new']);
    expect(await found('t77')).toContain('t77 changed');
    expect(await found('t88')).not.toContain('t88 new');
  });

  it('is kept by its name, four of them', async () => {
    const { read, found } = begin(600);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await found('t5', name);
    const reads = read.mock.calls.length;
    await found('t5', 'e');
    expect(read).toHaveBeenCalledTimes(reads + 1);
    await found('t5', 'a');
    expect(read).toHaveBeenCalledTimes(reads + 3);
  });

  it('is read anew while it is short, and after a failure', async () => {
    const short = begin(499);
    await short.found('t4');
    short.put(44, 'changed');
    expect(await short.found('t44')).toContain('t44 changed');
    expect(short.read).toHaveBeenCalledTimes(2);
    const long = begin(600);
    long.read.mockRejectedValueOnce(new AwsThrottled('DynamoDB', {}));
    await expect(long.found('t5')).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(await long.found('t599')).toEqual(['t599 new']);
  });
});
