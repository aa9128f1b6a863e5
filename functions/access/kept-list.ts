import { MINUTE_MS, toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { Clock } from '../runtime/clock.ts';

/** The items of a list, all of them or the newest that are searched. */
export interface WholeList<Item> {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
}

export interface KeptList<Item> {
  /** The list as it was read last, or read now. */
  readonly whole: (read: () => Promise<WholeList<Item>>) => Promise<WholeList<Item> & { readonly isKept: boolean }>;
  /** The item as it is now; null if it is gone. */
  readonly again: (item: Item) => Promise<Item | null>;
}

const KEPT_FOR_MS = MINUTE_MS;

/** Items; a shorter list is quickly read anew each time. */
const LONG = 500;

/** Lists in memory; the one read first goes first. */
const MOST_LISTS = 4;

/** Keeps long lists in memory for a minute, so that each letter of a search does not read thousands of items again. */
export const keptLists = <Item>(clock: Clock, again: KeptList<Item>['again']): ((name: string) => KeptList<Item>) => {
  const lists = new Map<string, { readonly until: Instant; readonly list: Promise<WholeList<Item>> }>();
  return (name) => ({
    again,
    async whole(read) {
      const now = clock.now();
      const known = lists.get(name);
      if (known !== undefined && now < known.until) return { ...(await known.list), isKept: true };
      const mine = { until: toInstant(Date.parse(now) + KEPT_FOR_MS), list: read() };
      const forget = (): void => {
        if (lists.get(name) === mine) lists.delete(name);
      };
      lists.delete(name);
      lists.set(name, mine);
      const [first] = lists.keys();
      if (lists.size > MOST_LISTS && first !== undefined) lists.delete(first);
      try {
        const list = await mine.list;
        if (list.items.length < LONG) forget();
        return { ...list, isKept: false };
      } catch (error) {
        forget();
        throw error;
      }
    },
  });
};
