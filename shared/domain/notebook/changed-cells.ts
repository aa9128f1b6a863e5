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

/** The cells that one notebook has and the other has not, each under the number it has there. Bounded. */
export const changedCells = (
  before: readonly CellSource[],
  after: readonly CellSource[],
): { readonly before: readonly CellSource[]; readonly after: readonly CellSource[] } => {
  const sources = (cells: readonly CellSource[]): string[] => cells.map(({ source }) => source.trimEnd());
  const parts = diffArrays(sources(before), sources(after), { maxEditLength: MOST_EDITS });
  if (parts === undefined) return { before: bounded(before), after: bounded(after) };
  const gone: CellSource[] = [];
  const added: CellSource[] = [];
  let [old, now] = [0, 0];
  for (const part of parts) {
    if (part.removed) gone.push(...before.slice(old, old + part.count));
    else if (part.added) added.push(...after.slice(now, now + part.count));
    if (!part.added) old += part.count;
    if (!part.removed) now += part.count;
  }
  return { before: bounded(gone), after: bounded(added) };
};
