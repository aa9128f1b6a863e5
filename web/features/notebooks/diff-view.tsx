import '../../components/inks.css';
import './diff-view.css';

import { focusableWhenScrolling } from '../../components/focusable-when-scrolling.ts';
import type { DiffLine } from './reading/line-diff.ts';

const MARKS = { added: '+ ', removed: '- ', kept: '  ' } as const;

/** Lines of two sources, each with its mark: colour alone would not tell. */
export const DiffView = ({ label, lines }: { readonly label: string; readonly lines: readonly DiffLine[] }) => (
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
  <pre className="atmo-diff" role="group" aria-label={label} ref={focusableWhenScrolling}>
    {lines.map(({ kind, text }, at) => (
      // oxlint-disable-next-line react/no-array-index-key -- lines have no name but their place
      <span key={at} className={`atmo-diff-${kind}`}>
        {MARKS[kind]}
        {text}
        {'\n'}
      </span>
    ))}
  </pre>
);
