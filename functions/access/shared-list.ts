import { granteesOf, type Grant, type SharedKind } from '../../shared/domain/grant.ts';
import { positionText, type ListPosition, type Page, type PageRequest } from '../../shared/domain/page.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import { decodePosition, encodePosition } from './list-cursor.ts';

/** An object with those grants on it that the person holds. */
export interface Listed<Item> {
  readonly item: Item;
  readonly grants: readonly Grant[];
}

interface SharedListDependencies<Item> {
  readonly kind: SharedKind;
  readonly grants: Pick<GrantRepository, 'heldBy'>;
  /** The object that a grant is on; null if it is gone, or not in this list. */
  readonly load: (grant: Grant) => Promise<Item | null>;
  /** The person's own objects after a position, where the list has them too. */
  readonly own?: (after: ListPosition | null, limit: number) => Promise<readonly Item[]>;
  readonly positionOf: (item: Item) => ListPosition;
}

interface Entry<Item> {
  readonly position: ListPosition;
  readonly own: Item | null;
  readonly grants: readonly Grant[];
}

/** Entries of each source that one round reads. */
const ROUND = 100;

/** Entries that one request looks at, to find those that are in the list. */
const MOST_EXAMINED = 400;

const merged = <Item>(own: readonly Entry<Item>[], held: readonly Grant[]): readonly Entry<Item>[] => {
  const entries = new Map(own.map((entry) => [positionText(entry.position), entry]));
  for (const grant of held) {
    const key = positionText(grant.object);
    const known = entries.get(key) ?? { position: grant.object, own: null, grants: [] };
    entries.set(key, { ...known, grants: [...known.grants, grant] });
  }
  return [...entries].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([, entry]) => entry);
};

/**
 * What is shared with a person or with one of their groups, and where it is asked for their own too, newest first. The
 * sources are sorted alike and merged, so that a page is a few queries. A request looks at a bounded number of grants: where
 * most are on objects that are not in the list, the page is shorter than asked for, and has a cursor all the same.
 */
export const sharedList =
  <Item>({ kind, grants, load, own, positionOf }: SharedListDependencies<Item>, person: Person) =>
  async ({ limit, cursor }: PageRequest): Promise<Page<Listed<Item>>> => {
    const round = async (after: ListPosition | null) => {
      const [mine, ...held] = await Promise.all([
        own?.(after, ROUND) ?? [],
        ...granteesOf(person).map((to) => grants.heldBy(to, kind, after, ROUND)),
      ]);
      const isLast = [mine, ...held].every(({ length }) => length < ROUND);
      const entries = merged(
        mine.map((item) => ({ position: positionOf(item), own: item, grants: [] })),
        held.flat(),
      );
      // Beyond the end of a source that was cut off, entries of it may be missing.
      return { entries: isLast ? entries : entries.slice(0, ROUND), isLast };
    };

    const found: (Listed<Item> & { readonly position: ListPosition })[] = [];
    let after = cursor === undefined ? null : decodePosition(cursor);
    let examined = 0;
    let isLast = false;
    while (found.length <= limit && !isLast && examined < MOST_EXAMINED) {
      const { entries, isLast: isEnd } = await round(after);
      isLast = isEnd;
      let at = 0;
      while (at < entries.length && found.length <= limit) {
        const chunk = entries.slice(at, at + limit + 1 - found.length);
        const items = await Promise.all(
          chunk.map(async ({ own: mine, grants: [grant] }) => mine ?? (grant && (await load(grant))) ?? null),
        );
        chunk.forEach(({ position, grants: held }, index) => {
          const item = items[index];
          if (item !== null && item !== undefined) found.push({ item, grants: held, position });
          after = position;
        });
        at += chunk.length;
      }
      examined += at;
    }
    const last = found.length > limit ? found[limit - 1]?.position : after;
    const isWhole = found.length <= limit && isLast;
    return {
      items: found.slice(0, limit).map(({ item, grants: held }) => ({ item, grants: held })),
      cursor: isWhole || last === null || last === undefined ? null : encodePosition(last),
    };
  };
