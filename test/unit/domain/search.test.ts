import { describe, expect, it } from 'vitest';

import {
  matching,
  sortedPart,
  type Searchable,
  type Sort,
  type SortedPosition,
} from '../../../shared/domain/search.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly note: string | null;
  readonly size: number;
}

type Field = 'name' | 'note' | 'size';

const HOW: Searchable<Thing, Field> = {
  idOf: ({ id }) => id,
  textsOf: ({ name, note }) => [name, note],
  fields: { name: ({ name }) => name, note: ({ note }) => note, size: ({ size }) => size },
  byDefault: 'name',
};

const thing = (id: string, name: string, size: number, note: string | null = null): Thing => ({ id, name, size, note });

const THINGS = [
  thing('a', 'job-10', 3, 'Zählt Größen'),
  thing('b', 'job-9', 20, 'counts visits'),
  thing('c', 'Job-2', 3),
  thing('d', 'report', 1, 'visits of the week'),
];

const sorted = (sort: Sort<Field>, things: readonly Thing[] = THINGS): string[] =>
  sortedPart(things, sort, HOW, { after: null, limit: 9 }).items.map(({ id }) => id);

describe('a search', () => {
  it.each([
    ['job', ['a', 'b', 'c']],
    ['JOB-2', ['c']],
    ['visits', ['b', 'd']],
    ['visits week', ['d']],
    ['week of visits', ['d']],
    ['report visits', ['d']],
    ['größen', ['a']],
    ['gro\u0308\u00dfen', ['a']],
    ['nothing', []],
    ['', ['a', 'b', 'c', 'd']],
    ['  \t ', ['a', 'b', 'c', 'd']],
    ['.*', []],
    ['null', []],
  ])('for %j finds %j', (query, ids) => {
    expect(matching(THINGS, query, HOW).map(({ id }) => id)).toEqual(ids);
  });
});

describe('a sorted list', () => {
  it('orders texts by the numbers in them, in any case', () => {
    expect(sorted('name')).toEqual(['c', 'b', 'a', 'd']);
    expect(sorted('-name')).toEqual(['d', 'a', 'b', 'c']);
  });

  it('orders numbers as such, and what is equal by id', () => {
    expect(sorted('size')).toEqual(['d', 'a', 'c', 'b']);
    expect(sorted('-size')).toEqual(['b', 'c', 'a', 'd']);
  });

  it('puts what has no value last in either order', () => {
    const things = [...THINGS, thing('e', 'x', 1)];
    expect(sorted('note', things)).toEqual(['b', 'd', 'a', 'c', 'e']);
    expect(sorted('-note', things)).toEqual(['a', 'd', 'b', 'e', 'c']);
  });

  it.each(['name', '-name', 'note', '-note', 'size', '-size'] as const)(
    'by %s has each item on one page, whatever the size of pages',
    (sort) => {
      const things = [...THINGS, thing('e', 'job-9', 3), thing('f', 'job-9', 3)];
      for (const limit of [1, 2, 3, 6, 7]) {
        const ids: string[] = [];
        let after: SortedPosition | null = null;
        do {
          const part: ReturnType<typeof sortedPart<Thing, Field>> = sortedPart(things, sort, HOW, { after, limit });
          expect(part.items.length).toBeGreaterThan(0);
          ids.push(...part.items.map(({ id }) => id));
          after = part.next;
        } while (after !== null);
        expect(ids).toEqual(sorted(sort, things));
      }
    },
  );

  it('goes on at its place although items have come and gone', () => {
    const first = sortedPart(THINGS, 'name', HOW, { after: null, limit: 2 });
    const changed = [...THINGS.filter(({ id }) => id !== 'b'), thing('n', 'job-1', 1), thing('o', 'job-11', 1)];
    expect(sortedPart(changed, 'name', HOW, { after: first.next, limit: 2 }).items.map(({ id }) => id)).toEqual([
      'a',
      'o',
    ]);
  });
});
