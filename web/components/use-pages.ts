import { useState } from 'react';

export interface Pages {
  /** The cursor of the page to read; absent for the first. */
  readonly cursor: string | undefined;
  readonly number: number;
  /** Number of pages known so far. */
  readonly known: number;
  readonly turnTo: (number: number, nextCursor: string | null) => void;
}

/** The number of pages known, given the cursor of the next one. */
export const countPages = ({ known, number }: Pages, next: string | null): number =>
  Math.max(known, next === null ? 1 : number + 1);

/** Page navigation over a list that only returns the cursor of its next page. Another list starts at its first page. */
export const usePages = (list: string): Pages => {
  const first = { list, cursors: [undefined] as readonly (string | undefined)[], index: 0 };
  const [kept, setKept] = useState(first);
  const state = kept.list === list ? kept : first;
  return {
    cursor: state.cursors[state.index],
    number: state.index + 1,
    known: state.cursors.length,
    turnTo: (number, nextCursor) => {
      const isNew = number > state.cursors.length;
      if (isNew && nextCursor === null) return;
      const cursors = isNew ? [...state.cursors, nextCursor ?? undefined] : state.cursors;
      setKept({ list, cursors, index: Math.min(number, cursors.length) - 1 });
    },
  };
};
