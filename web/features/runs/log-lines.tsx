/* oxlint-disable react/no-array-index-key -- lines have no name but their place */
import '../../components/inks.css';
import './log-lines.css';

import Toggle from '@cloudscape-design/components/toggle';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';

import { FindField } from '../../components/find-field.tsx';
import { focusableWhenScrolling } from '../../components/focusable-when-scrolling.ts';
import { MarkupNodes } from '../../components/markup/markup-view.tsx';
import { styledText } from '../notebooks/reading/terminal-styles.ts';
import { withStylesOnly } from '../notebooks/reading/terminal-text.ts';
import { startOfShutdown } from './start-of-shutdown.ts';

interface LogLinesProps {
  /** The last part of a log. */
  readonly text: string;
  /** What of it is left out. */
  readonly note: string | null;
  /** Of the whole log, where there is one. */
  readonly url: string | null;
  readonly isGrowing: boolean;
}

const Line = ({ line, number }: { readonly line: string; readonly number: number }) => {
  const { text, styled } = styledText(line);
  return (
    <div className="atmo-log-line" id={`line-${number}`}>
      <a href={`#line-${number}`} tabIndex={-1} aria-label={`Line ${number}`}>
        {number}
      </a>
      <span>{styled === null ? text : <MarkupNodes markup={styled} />}</span>
    </div>
  );
};

const Lines = ({ lines, from }: { readonly lines: readonly string[]; readonly from: number }) =>
  lines.map((line, at) => <Line key={at} line={line} number={from + at} />);

/** Brings the line that the address names in view, or the end of a log that is followed. */
const goToPlace = (box: HTMLElement, hash: string, isFollowed: boolean): void => {
  const line = /^#line-\d+$/.test(hash) ? box.querySelector(hash) : null;
  line?.closest('details')?.setAttribute('open', '');
  if (line !== null) line.scrollIntoView({ block: 'center' });
  else if (isFollowed) box.scrollTop = box.scrollHeight;
};

/** A log with numbers and colours of its lines. What Spark says while it shuts down is folded. */
export const LogLines = ({ text, note, url, isGrowing }: LogLinesProps) => {
  const [isFollowed, setIsFollowed] = useState(true);
  const { hash } = useLocation();
  const box = useRef<HTMLElement>(null);
  const lines = withStylesOnly(text).trimEnd().split('\n');
  const shutdown = isGrowing ? lines.length : startOfShutdown(lines);
  const length = lines.length;
  useEffect(() => {
    // A log grows by its lines.
    if (box.current !== null && length > 0) goToPlace(box.current, hash, isFollowed);
  }, [hash, length, isFollowed]);
  useEffect(() => focusableWhenScrolling(box.current), []);
  return (
    <>
      <div className="atmo-log-tools">
        <FindField what="the log" content={box} />
        {isGrowing && (
          <Toggle checked={isFollowed} onChange={({ detail }) => setIsFollowed(detail.checked)}>
            Follow
          </Toggle>
        )}
        {url !== null && (
          <a className="atmo-plain-link" href={url} target="_blank" rel="noopener noreferrer">
            The whole log
          </a>
        )}
      </div>
      {note !== null && <p className="atmo-aside-text">{note}</p>}
      <section className="atmo-log" aria-label="Log" ref={box}>
        <Lines lines={lines.slice(0, shutdown)} from={1} />
        {shutdown < lines.length && (
          <details>
            <summary>{lines.length - shutdown} lines of Spark’s shutdown</summary>
            <Lines lines={lines.slice(shutdown)} from={shutdown + 1} />
          </details>
        )}
      </section>
    </>
  );
};
