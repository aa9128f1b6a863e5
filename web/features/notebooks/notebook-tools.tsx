import type { RefObject } from 'react';

import { FindField } from '../../components/find-field.tsx';
import { countText } from '../../lib/amounts.ts';
import type { Folded } from './folding.tsx';

interface NotebookToolsProps {
  readonly content: RefObject<HTMLElement | null>;
  readonly folded: Folded;
  readonly onFold: (folded: Folded) => void;
  /** Cells that are shown. */
  readonly size: number;
}

/** Finds text in a notebook, and folds its code or its outputs. */
export const NotebookTools = ({ content, folded, onFold, size }: NotebookToolsProps) => (
  <div className="atmo-notebook-tools">
    <FindField what="the notebook" content={content} />
    <button type="button" aria-pressed={folded.code} onClick={() => onFold({ ...folded, code: !folded.code })}>
      Fold code
    </button>
    <button type="button" aria-pressed={folded.outputs} onClick={() => onFold({ ...folded, outputs: !folded.outputs })}>
      Fold outputs
    </button>
    <span className="atmo-aside-text">{countText(size, 'cell')}</span>
  </div>
);
