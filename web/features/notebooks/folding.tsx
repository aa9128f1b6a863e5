import { createContext, use, useState } from 'react';

export interface Folded {
  readonly code: boolean;
  readonly outputs: boolean;
}

export const NOT_FOLDED: Folded = { code: false, outputs: false };

/** What the whole notebook is folded to: a new object each time that a person folds it, for the cells to follow. */
export const FoldedNotebook = createContext(NOT_FOLDED);

/** What of a cell is folded: as the whole notebook is, until the cell itself is folded or unfolded. */
export const useFolded = (): readonly [Folded, (part: keyof Folded) => void] => {
  const all = use(FoldedNotebook);
  const [own, setOwn] = useState({ all, folded: all });
  const folded = own.all === all ? own.folded : all;
  return [folded, (part) => setOwn({ all, folded: { ...folded, [part]: !folded[part] } })];
};

interface FoldButtonProps {
  /** As in "Code of cell 5". */
  readonly label: string;
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

/** Folds or unfolds a part of a cell. Of all of them one is a stop on the way through the page (`use-fold-keys.ts`). */
export const FoldButton = ({ label, isFolded, onFold }: FoldButtonProps) => (
  <button
    type="button"
    className="atmo-fold"
    tabIndex={-1}
    aria-label={label}
    aria-expanded={!isFolded}
    title={`${isFolded ? 'Show' : 'Fold'}: ${label}. Arrow keys go to the next.`}
    onClick={onFold}
  >
    <span aria-hidden="true">{isFolded ? '▸' : '▾'}</span>
  </button>
);
