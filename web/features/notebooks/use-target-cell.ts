import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'react-router';

import { cellId, idOf } from './cell-id.ts';
import type { Cell } from './reading/notebook-model.ts';

/** Frames in which the cells around it take their real heights. */
const SETTLING = 5;

/** Puts an element in view, again while what is above it grows. */
const settleOn = (target: Element, frames: number): void => {
  target.scrollIntoView({ block: 'start' });
  if (frames > 0) requestAnimationFrame(() => settleOn(target, frames - 1));
};

/** Opens a notebook at the cell that the address names, or else at `openAt`, once that cell is read; and marks it. */
export const useTargetCell = (
  content: RefObject<HTMLElement | null>,
  cells: readonly Cell[],
  openAt: number | null,
): void => {
  const { hash } = useLocation();
  const wanted = hash === '' ? (openAt === null ? null : cellId(openAt)) : hash.slice(1);
  const reached = useRef<string | null>(null);
  useEffect(() => {
    if (wanted === null || reached.current === wanted) return;
    if (!cells.some((cell, place) => idOf(cell, place) === wanted)) return;
    const target = content.current?.querySelector(`[id="${CSS.escape(wanted)}"]`) ?? null;
    if (target === null) return;
    reached.current = wanted;
    for (const before of content.current?.querySelectorAll('.atmo-cell-target') ?? [])
      before.classList.remove('atmo-cell-target');
    target.classList.add('atmo-cell-target');
    settleOn(target, SETTLING);
  }, [content, cells, wanted]);
};
