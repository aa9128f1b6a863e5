import { useRef, useState, type KeyboardEvent, type RefObject } from 'react';

import { countText } from '../../lib/amounts.ts';
import { MAX_FOUND } from '../../lib/viewer-bounds.ts';
import { findInElement, showFound } from './find-in-element.ts';

export interface Folded {
  readonly code: boolean;
  readonly outputs: boolean;
}

interface NotebookToolsProps {
  readonly content: RefObject<HTMLElement | null>;
  readonly folded: Folded;
  readonly onFold: (folded: Folded) => void;
  /** Cells that are shown. */
  readonly size: number;
}

interface Found {
  readonly text: string;
  readonly ranges: readonly Range[];
  readonly at: number;
}

const NOTHING: Found = { text: '', ranges: [], at: 0 };

const wordsFor = ({ text, ranges, at }: Found): string => {
  if (text === '') return '';
  if (ranges.length === 0) return 'Not found';
  return `${at + 1} of ${ranges.length === MAX_FOUND ? `${MAX_FOUND} or more` : ranges.length}`;
};

/** Finds text in a notebook, and folds its code or its outputs. */
export const NotebookTools = ({ content, folded, onFold, size }: NotebookToolsProps) => {
  const [found, setFound] = useState(NOTHING);
  const field = useRef<HTMLInputElement>(null);
  const show = (next: Found): void => {
    setFound(next);
    showFound(next.ranges, next.at);
  };
  const find = (text: string): void =>
    show({ text, ranges: content.current === null ? [] : findInElement(content.current, text), at: 0 });
  const onKeyDown = (event: KeyboardEvent): void => {
    const { length } = found.ranges;
    if (event.key === 'Escape') find('');
    if (event.key !== 'Enter' || length === 0) return;
    event.preventDefault();
    show({ ...found, at: (found.at + (event.shiftKey ? length - 1 : 1)) % length });
  };
  return (
    <div className="atmo-notebook-tools">
      <input
        ref={field}
        type="search"
        aria-label="Find in the notebook"
        placeholder="Find"
        title="Enter goes to the next, Shift and Enter to the one before"
        value={found.text}
        onChange={({ target }) => find(target.value)}
        onKeyDown={onKeyDown}
      />
      <output>{wordsFor(found)}</output>
      <button type="button" aria-pressed={folded.code} onClick={() => onFold({ ...folded, code: !folded.code })}>
        Fold code
      </button>
      <button
        type="button"
        aria-pressed={folded.outputs}
        onClick={() => onFold({ ...folded, outputs: !folded.outputs })}
      >
        Fold outputs
      </button>
      <span className="atmo-aside-text">{countText(size, 'cell')}</span>
    </div>
  );
};
