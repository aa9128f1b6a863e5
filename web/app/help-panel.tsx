import { useEffect, useRef } from 'react';
import { Link } from 'react-router';

import { useMe } from '../lib/me.ts';
import { helpFor } from './help-texts.ts';

/** What there is to know about the page beside it. */
const HelpPanel = ({ pathname, onClose }: { readonly pathname: string; readonly onClose: () => void }) => {
  const { helpLinks } = useMe();
  const { title, texts, links = [] } = helpFor(pathname);
  const heading = useRef<HTMLHeadingElement>(null);
  // Only where the person has just opened it: a page that opens with it keeps its focus.
  useEffect(() => {
    if (document.activeElement?.getAttribute('aria-expanded') === 'true') heading.current?.focus();
  }, []);
  return (
    <aside aria-label="Help" className="atmo-help">
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" aria-label="Close the help" onClick={onClose}>
          ✕
        </button>
      </div>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <ul>
        {links.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
        {helpLinks.map(({ url, text }) => (
          <li key={url}>
            <a href={url}>{text}</a>
          </li>
        ))}
      </ul>
    </aside>
  );
};

export default HelpPanel;
