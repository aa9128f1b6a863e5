import type { Markup } from '../../components/markup/markup.ts';
import { idOf } from './cell-id.ts';
import type { Cell } from './reading/notebook-model.ts';

export interface Heading {
  /** Of the cell in which it stands. */
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

const textOf = (markup: Markup): string => (typeof markup === 'string' ? markup : markup.children.map(textOf).join(''));

/** Level 1 is the page's `h3`, the first of a notebook's own. */
const within = (cell: Cell, id: string): readonly Heading[] => {
  const own = cell.title === null ? [] : [{ id, level: 1, text: cell.title }];
  if (cell.kind !== 'markdown') return own;
  return [
    ...own,
    ...cell.markup.flatMap((markup) => {
      const level = typeof markup === 'string' ? undefined : /^h([3-6])$/.exec(markup.tag)?.[1];
      const text = textOf(markup).trim();
      return level === undefined || text === '' ? [] : [{ id, level: Number(level) - 2, text }];
    }),
  ];
};

export const headingsOf = (cells: readonly Cell[]): readonly Heading[] =>
  cells.flatMap((cell, place) => within(cell, idOf(cell, place)));
