import type { Cell } from './reading/notebook-model.ts';

/** The fragment of a code cell's address. */
export const cellId = (number: number): string => `cell-${number}`;

/** The fragment of any cell: a code cell by its number, another one by its place among those that are shown. */
export const idOf = ({ kind, number }: Cell, place: number): string =>
  kind === 'code' && number !== null ? cellId(number) : `part-${place}`;
