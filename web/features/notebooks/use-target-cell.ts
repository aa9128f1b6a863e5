import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'react-router';

import { cellId, idOf } from './cell-id.ts';
import type { Cell } from './reading/notebook-model.ts';

/** Pixels above the cell. */
const MARGIN = 24;

/** Frames in which the cells around it take their real heights. */
const SETTLING = 5;

/** Puts a cell in view, again while what is above it grows. */
const settleOn = (show: () => void, frames: number): void => {
  show();
  if (frames > 0) requestAnimationFrame(() => settleOn(show, frames - 1));
};

/** Scrolls the notebook alone: what the page says of the run stays in view. */
const scrollWithin = (box: Element, target: Element): void => {
  box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - MARGIN;
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
    // Where the page opened a person reads on, though another cell runs meanwhile.
    if (wanted === null || reached.current === wanted || (hash === '' && reached.current !== null)) return;
    if (!cells.some((cell, place) => idOf(cell, place) === wanted)) return;
    const target = content.current?.querySelector(`[id="${CSS.escape(wanted)}"]`) ?? null;
    if (target === null) return;
    reached.current = wanted;
    for (const before of content.current?.querySelectorAll('.atmo-cell-target') ?? [])
      before.classList.remove('atmo-cell-target');
    target.classList.add('atmo-cell-target');
    const box = content.current;
    settleOn(() => {
      if (hash !== '' || box === null) target.scrollIntoView({ block: 'start' });
      else scrollWithin(box, target);
    }, SETTLING);
  }, [content, cells, hash, wanted]);
};
