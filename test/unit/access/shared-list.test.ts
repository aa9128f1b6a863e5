import { describe, expect, it, vi } from 'vitest';

import { sharedList } from '../../../functions/access/shared-list.ts';
import type { GrantRepository } from '../../../functions/ports/grant-repository.ts';
import type { Grant, Grantee } from '../../../shared/domain/grant.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { positionText } from '../../../shared/domain/page.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { at, BOB } from '../../fakes/cluster.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';

interface Thing {
  readonly id: string;
  readonly createdAt: string;
}

/** The later the number, the newer. Ten have the time of creation in common. */
const thing = (number: number): Thing => ({
  id: `t${String(number).padStart(4, '0')}`,
  createdAt: toInstant(Date.parse(at('00:00:00')) + Math.floor(number / 10) * 60_000),
});

const grant = (object: Thing, to: Grantee): Grant => ({
  object: { kind: 'cluster', key: object.id, ...object },
  to,
  level: 'view',
  grantedAt: at('06:00:00'),
});

const ANALYST: Person = { ...BOB, groups: ['analysts', 'writers'] };

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, step) => from + step);

interface Present {
  readonly own?: readonly Thing[];
  readonly grants?: readonly Grant[];
  readonly isListed?: (id: string) => boolean;
}

const begin = ({ own, grants = [], isListed = () => true }: Present) => {
  const stored = fakeGrantRepository(...grants);
  const heldBy = vi.fn<GrantRepository['heldBy']>((...request) => stored.heldBy(...request));
  const load = vi.fn(async ({ object: { id, createdAt } }: Grant): Promise<Thing | null> =>
    isListed(id) ? { id, createdAt } : null,
  );
  const list = sharedList<Thing>(
    {
      kind: 'cluster',
      grants: { heldBy },
      load,
      ...(own !== undefined && {
        own: async (after, limit) =>
          own
            .filter((item) => after === null || positionText(item) < positionText(after))
            .toSorted((a, b) => (positionText(a) < positionText(b) ? 1 : -1))
            .slice(0, limit),
      }),
      positionOf: (item) => item,
    },
    ANALYST,
  );
  const walk = async (limit: number): Promise<{ pages: string[][]; ids: string[] }> => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit, cursor });
      pages.push(page.items.map(({ item }) => item.id));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    return { pages, ids: pages.flat() };
  };
  return { list, walk, load, heldBy };
};

const newestFirst = (things: readonly Thing[]): string[] =>
  things.toSorted((a, b) => (positionText(a) < positionText(b) ? 1 : -1)).map(({ id }) => id);

describe('a list of what is shared', () => {
  it('has what is shared with the person and with each of their groups, newest first, each once', async () => {
    const { list } = begin({
      grants: [
        grant(thing(3), 'group:writers'),
        grant(thing(1), 'user:sub-bob'),
        grant(thing(2), 'group:analysts'),
        grant(thing(2), 'user:sub-bob'),
        grant(thing(9), 'user:sub-other'),
        grant(thing(8), 'group:others'),
      ],
    });
    const { items, cursor } = await list({ limit: 9 });
    expect(items.map(({ item, grants }) => [item.id, grants.map(({ to }) => to).toSorted()])).toEqual([
      ['t0003', ['group:writers']],
      ['t0002', ['group:analysts', 'user:sub-bob']],
      ['t0001', ['user:sub-bob']],
    ]);
    expect(cursor).toBeNull();
  });

  it.each([1, 7, 25, 100])('merges long sources in order, in pages of %i that are all full', async (limit) => {
    const own = numbers(0, 500)
      .filter((number) => number % 3 === 0)
      .map(thing);
    const mine = numbers(0, 500)
      .filter((number) => number % 3 === 1)
      .map(thing);
    const ours = numbers(200, 480).map(thing);
    const { walk } = begin({
      own,
      grants: [
        ...mine.map((item) => grant(item, 'user:sub-bob')),
        ...ours.map((item) => grant(item, 'group:analysts')),
      ],
    });
    const all = new Map([...own, ...mine, ...ours].map((item) => [item.id, item]));
    const { pages, ids } = await walk(limit);
    expect(ids).toEqual(newestFirst([...all.values()]));
    expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    expect(pages.at(-1)?.length).toBeGreaterThan(0);
  });

  it('does not load what is the person’s own anyway', async () => {
    const { list, load } = begin({ own: [thing(1)], grants: [grant(thing(1), 'group:analysts')] });
    expect((await list({ limit: 5 })).items.map(({ item }) => item.id)).toEqual(['t0001']);
    expect(load).not.toHaveBeenCalled();
  });

  it('leaves out what is gone, and loads no more than a page needs', async () => {
    const grants = numbers(0, 60).map((number) => grant(thing(number), 'user:sub-bob'));
    const { list, load } = begin({ grants, isListed: (id) => id !== 't0058' });
    const { items } = await list({ limit: 2 });
    expect(items.map(({ item }) => item.id)).toEqual(['t0059', 't0057']);
    expect(load.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('loses nothing between a source that goes on and one that has ended', async () => {
    const hidden = numbers(901, 1001).map(thing);
    const { walk } = begin({
      own: [thing(800)],
      grants: [...hidden, thing(850)].map((item) => grant(item, 'user:sub-bob')),
      isListed: (id) => id === 't0850',
    });
    expect((await walk(25)).ids).toEqual(['t0850', 't0800']);
  });

  it('reads a bounded number of grants in one request, and finds everything all the same', async () => {
    const grants = numbers(0, 1000).map((number) => grant(thing(number), 'user:sub-bob'));
    const listed = new Set(['t0000', 't0001', 't0500', 't0999']);
    const { list, walk, load, heldBy } = begin({ grants, isListed: (id) => listed.has(id) });
    const first = await list({ limit: 25 });
    expect(first.items.map(({ item }) => item.id)).toEqual(['t0999']);
    expect(load).toHaveBeenCalledTimes(400);
    expect(heldBy).toHaveBeenCalledTimes(4 * 3);
    expect(first.cursor).not.toBeNull();
    expect((await walk(25)).ids).toEqual(['t0999', 't0500', 't0001', 't0000']);
  });

  it.each([
    '%',
    'x',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["2026","t"]').toString('base64url'),
    Buffer.from('["2026-11-23T06:00:00.000Z",""]').toString('base64url'),
    Buffer.from('["2026-11-23T06:00:00.000Z",7]').toString('base64url'),
    Buffer.from(JSON.stringify([at('06:00:00'), 'x'.repeat(1100)])).toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    await expect(begin({}).list({ limit: 5, cursor })).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'cursor' }],
    });
  });
});
