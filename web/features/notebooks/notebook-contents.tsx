import { MAX_CONTENTS } from '../../lib/viewer-bounds.ts';
import type { Heading } from './headings.ts';

/** The notebook's headings, as links to their cells. */
export const NotebookContents = ({ headings }: { readonly headings: readonly Heading[] }) => (
  <details className="atmo-contents" open>
    <summary>Contents</summary>
    <nav aria-label="Contents of the notebook">
      <ul>
        {headings.slice(0, MAX_CONTENTS).map(({ id, level, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a heading may be there twice
          <li key={index} className={`atmo-contents-${level}`}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
      {headings.length > MAX_CONTENTS && <p className="atmo-omitted">The first {MAX_CONTENTS} headings.</p>}
    </nav>
  </details>
);
