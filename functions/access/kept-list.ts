import { MINUTE_MS } from '../../shared/domain/instant.ts';
import type { WholeList } from '../../shared/domain/page.ts';
import type { Clock } from '../runtime/clock.ts';
import { keptAnswers } from '../runtime/kept-answers.ts';

/** Of each item, what it is searched by. */
export interface KeptList<Item, Searched> {
  /** The list as it was read last, or read now. */
  readonly whole: (
    read: () => Promise<WholeList<Searched>>,
  ) => Promise<WholeList<Searched> & { readonly isKept: boolean }>;
  /** The whole item as it is now; null if it is gone. */
  readonly again: (item: Searched) => Promise<Item | null>;
}

/** Items; a shorter list is quickly read anew each time. */
const LONG = 500;

const MOST_LISTS = 4;

/** Keeps long lists in memory for a minute, so that each letter of a search does not read thousands of items again. */
export const keptLists = <Item, Searched, Name extends string = string>(
  clock: Clock,
  again: (item: Searched, name: Name) => Promise<Item | null>,
): ((name: Name) => KeptList<Item, Searched>) => {
  const lists = keptAnswers<WholeList<Searched>>({
    clock,
    forMs: MINUTE_MS,
    most: MOST_LISTS,
    isWorthKeeping: ({ items }) => items.length >= LONG,
  });
  return (name) => ({
    again: (item) => again(item, name),
    async whole(read) {
      const { answer, isKept } = await lists(name, read);
      return { ...answer, isKept };
    },
  });
};
