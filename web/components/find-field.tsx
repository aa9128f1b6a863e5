import './find-field.css';

import { useState, type KeyboardEvent, type RefObject } from 'react';

import { MAX_FOUND } from '../lib/viewer-bounds.ts';
import { findInElement, showFound } from './find-in-element.ts';

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

interface FindFieldProps {
  /** Where it searches, as in "the notebook". */
  readonly what: string;
  readonly content: RefObject<HTMLElement | null>;
}

/** Finds text in an element of the page: Enter goes to the next place, Shift and Enter to the one before. */
export const FindField = ({ what, content }: FindFieldProps) => {
  const [found, setFound] = useState(NOTHING);
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
    <span className="atmo-find">
      <input
        type="search"
        aria-label={`Find in ${what}`}
        placeholder="Find"
        title="Enter goes to the next, Shift and Enter to the one before"
        value={found.text}
        onChange={({ target }) => find(target.value)}
        onKeyDown={onKeyDown}
      />
      <output>{wordsFor(found)}</output>
    </span>
  );
};
