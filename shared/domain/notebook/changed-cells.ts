import { diffArrays } from 'diff';

import { beginningOf } from '../bounded-text.ts';
import { cellsOf } from './notebook-cells.ts';
import { isObject, joinedSource } from './notebook-json.ts';

/** A code cell (of a note: a paragraph) under its number. */
export interface CellSource {
  readonly cell: number;
  readonly source: string;
}

/** An answer holds them all. */
const MOST_CELLS = 20;
const MOST_BYTES = 4000;

/** Cells added and removed, beyond which two notebooks count as unlike. */
const MOST_EDITS = 400;

const bounded = (cells: readonly CellSource[]): readonly CellSource[] =>
  cells.slice(0, MOST_CELLS).map(({ cell, source }) => ({ cell, source: beginningOf(source, MOST_BYTES) }));

/** The code cells of a notebook or the paragraphs of a note, numbered as a run numbers them; null where it is neither. */
export const numberedCells = (text: string): readonly CellSource[] | null => {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(file)) return null;
  const { cells, paragraphs } = file;
  if (Array.isArray(cells))
    return cellsOf(cells.filter(isObject)).flatMap(({ number, source }) =>
      number === null ? [] : [{ cell: number, source }],
    );
  if (!Array.isArray(paragraphs)) return null;
  return paragraphs.map((paragraph: unknown, at) => ({
    cell: at + 1,
    source: isObject(paragraph) ? joinedSource(paragraph['text']) : '',
  }));
};

/** A cell of one notebook beside the one of another that stands for it; null where one has none. */
export interface CellPair<Cell> {
  readonly before: Cell | null;
  readonly after: Cell | null;
}

const besideEachOther = <Cell>(before: readonly Cell[], after: readonly Cell[]): readonly CellPair<Cell>[] =>
  Array.from({ length: Math.max(before.length, after.length) }, (_, at) => ({
    before: before[at] ?? null,
    after: after[at] ?? null,
  }));

const textOf = ({ source }: CellSource): string => source.trimEnd();

/** The cells of two notebooks, in order. Those that differ stand beside each other, between those that both have. */
export const pairedCells = <Cell extends CellSource>(
  before: readonly Cell[],
  after: readonly Cell[],
): readonly CellPair<Cell>[] => {
  const parts = diffArrays(before.map(textOf), after.map(textOf), { maxEditLength: MOST_EDITS });
  if (parts === undefined) return besideEachOther(before, after);
  const pairs: CellPair<Cell>[] = [];
  let gone: readonly Cell[] = [];
  let added: readonly Cell[] = [];
  let [old, now] = [0, 0];
  for (const part of parts) {
    const from = part.added ? [] : before.slice(old, (old += part.count));
    const to = part.removed ? [] : after.slice(now, (now += part.count));
    if (part.removed) gone = from;
    else if (part.added) added = to;
    else {
      pairs.push(...besideEachOther(gone, added), ...besideEachOther(from, to));
      gone = [];
      added = [];
    }
  }
  return [...pairs, ...besideEachOther(gone, added)];
};

export const hasSameSource = ({ before, after }: CellPair<CellSource>): boolean =>
  before !== null && after !== null && textOf(before) === textOf(after);

/** The cells that one notebook has and the other has not, each under the number it has there. Bounded. */
export const changedCells = (
  before: readonly CellSource[],
  after: readonly CellSource[],
): { readonly before: readonly CellSource[]; readonly after: readonly CellSource[] } => {
  const changed = pairedCells(before, after).filter((pair) => !hasSameSource(pair));
  return {
    before: bounded(changed.flatMap((pair) => pair.before ?? [])),
    after: bounded(changed.flatMap((pair) => pair.after ?? [])),
  };
};
